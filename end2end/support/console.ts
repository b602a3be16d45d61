/** The console as a person meets it: by role, label and text, in either language. */
import { type Locator, type Page, expect } from '@playwright/test';
import type { Role, Sekisho } from './sekisho.ts';
import type { Language, Texts } from './texts.ts';

type Values = Record<string, string | number>;

export class Console {
  constructor(
    readonly page: Page,
    readonly texts: Texts,
    /** Whether the browser runs script. */
    readonly script: boolean,
  ) {}

  /** A text of the console's, whole. */
  text(key: string, values: Values = {}): string {
    return this.texts.text(key, values);
  }

  /** Opens a page and waits until its controls answer. */
  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await this.ready();
  }

  /** Waits until the page that is shown answers to clicks. */
  async ready(): Promise<void> {
    if (this.script) {
      await expect(this.page.locator('html[data-hydrated]'), 'controls answer').toBeAttached();
    }
  }

  button(key: string, values: Values = {}): Locator {
    return this.page.getByRole('button', { name: this.texts.pattern(key, values) });
  }

  link(key: string, values: Values = {}): Locator {
    return this.page.getByRole('link', { name: this.texts.pattern(key, values) });
  }

  /** The page's own heading. */
  get title(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  /** A form's field by the beginning of its label, which "- optional" may follow. */
  field(key: string, values: Values = {}): Locator {
    return this.page.getByLabel(new RegExp(`^\\s*${this.texts.within(key, values).source}`));
  }

  /** Expects a field to be marked as wrong and to say why. */
  async expectError(field: Locator, key: string, values: Values = {}): Promise<void> {
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveAccessibleDescription(this.texts.within(key, values));
  }

  /** What stands beside a name in a list of names and values. */
  value(key: string): Locator {
    const name = this.page.getByRole('term').filter({ hasText: this.texts.pattern(key) });
    return name.locator('xpath=following-sibling::dd');
  }

  /** The row of a table that holds the text. */
  row(text: string): Locator {
    return this.page.getByRole('row').filter({ hasText: text });
  }

  column(key: string): Locator {
    return this.page.getByRole('columnheader', { name: this.texts.pattern(key) });
  }

  /** Looks for a text in the table. */
  async filter(text: string): Promise<void> {
    const search = this.page.getByRole('searchbox').or(this.page.getByRole('combobox', { name: this.texts.pattern('filter.find') }));
    await search.fill(text);
    await search.press('Enter');
    await expect(this.page).toHaveURL((url) => url.searchParams.get('q') === text);
  }

  /** Opens what a summary hides, such as a menu. */
  async expand(name: string | RegExp): Promise<void> {
    const summary = this.page.locator('summary');
    await summary.filter({ hasText: name }).or(summary.and(this.page.getByLabel(name))).click();
  }

  /** Expects a control to be there, to be off, and to say why. */
  async expectForbidden(control: Locator, reason: string): Promise<void> {
    await expect(control).toHaveAttribute('aria-disabled', 'true');
    await expect(control).toHaveAccessibleDescription(this.texts.within(reason));
  }

  /** The side navigation. */
  get navigation(): Locator {
    return this.page.getByRole('navigation', { name: this.texts.pattern('layout.navigation') });
  }

  /** Signs out by the person's menu. */
  async signOut(username: string): Promise<void> {
    await this.expand(this.text('layout.signed_in_as', { username }));
    await this.button('layout.sign_out').click();
  }

  /** Switches the language: each has a button in its own words. */
  async chooseLanguage(language: Language): Promise<void> {
    await this.expand(this.text('layout.settings'));
    await this.page.getByRole('button', { name: language === 'en' ? 'English' : '日本語' }).click();
  }

  /** Switches between light, dark and what the system has. */
  async chooseScheme(scheme: 'system' | 'light' | 'dark'): Promise<void> {
    const button = this.button(`layout.scheme_${scheme}`);
    if (!(await button.isVisible())) {
      await this.expand(this.text('layout.settings'));
    }
    await button.click();
  }

  /** Asks to delete an activation, in the list or on its page. Returns what asks back. */
  async askToDelete(id: string): Promise<Locator> {
    await this.link('activations.delete_named', { name: id }).click();
    const question = this.page.getByRole(this.script ? 'dialog' : 'main');
    await expect(question).toContainText(this.text('activations.delete_question', { id }));
    return question;
  }

  /** Expects to be told that an activation was deleted. */
  async expectDeleted(id: string): Promise<void> {
    const told = this.script ? this.text('activations.deleted', { id }) : this.text('layout.activation_deleted');
    await expect(this.page.getByText(told)).toBeVisible();
  }

  /** The same console in another page. */
  on(page: Page): Console {
    return new Console(page, this.texts, this.script);
  }

  /** Signs in by the form that is shown. */
  async signIn(username: string, password: string): Promise<void> {
    await this.field('login.username').fill(username);
    await this.field('login.password').fill(password);
    await this.button('login.sign_in').click();
  }

  /** Signs in as the person of this role. */
  async signInAs(role: Role, sekisho: Sekisho): Promise<void> {
    await this.signIn(role, sekisho.password(role));
  }
}
