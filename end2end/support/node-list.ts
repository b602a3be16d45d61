/** The list of managed nodes, as a person works with it. */
import { type Locator, expect } from '@playwright/test';
import type { Console } from './console.ts';
import type { Sekisho } from './sekisho.ts';

/** A filter: a property's text key, an operator's sign, and what is typed as the value. */
export type Filter = [property: string, operator: string, value: string];

export class NodeList {
  constructor(private readonly ui: Console) {}

  /** Opens the list, such as `open('?ping=Online')`. */
  async open(query = ''): Promise<void> {
    await this.ui.open(`/nodes${query}`);
  }

  /** Waits until every simulated machine has registered and reported, and the console knows. */
  async whole({ aws, nodes }: Sekisho): Promise<void> {
    await expect(async () => {
      const reported = (await aws.nodes()).filter((node) => node.PlatformType !== undefined);
      expect(reported.length).toBeGreaterThanOrEqual(nodes);
      await this.open('?platform=!=');
      await expect(this.ui.title).toContainText(`(${reported.length.toLocaleString('en')}/`, { timeout: 500 });
    }).toPass({ timeout: 60_000 });
  }

  /** The filter's input. */
  get input(): Locator {
    return this.ui.page.getByRole('combobox', { name: this.ui.texts.pattern('filter.find') });
  }

  /** What is suggested below it. */
  get suggestions(): Locator {
    return this.ui.page.getByRole('listbox', { name: this.ui.texts.pattern('filter.find') }).getByRole('option');
  }

  /** Adds a filter: typed at once, or, without script, by three fields. */
  async add([property, operator, value]: Filter): Promise<void> {
    const name = this.ui.text(`nodes.${property}`);
    if (this.ui.script) {
      await this.input.fill(`${name} ${operator} ${value}`);
      await this.input.press('Enter');
    } else {
      const form = await this.addForm();
      await form.getByLabel(this.ui.text('filter.property')).selectOption({ label: name });
      await form.getByLabel(this.ui.text('filter.operator')).selectOption(operator);
      await form.getByLabel(this.ui.text('filter.value')).fill(value);
      await form.getByRole('button', { name: this.ui.text('table.apply') }).click();
    }
  }

  /** The form of three fields that adds a filter without script. */
  async addForm(): Promise<Locator> {
    const form = this.ui.page.locator('details').filter({ hasText: this.ui.text('filter.add') });
    if ((await form.getAttribute('open')) === null) {
      await form.locator('summary').click();
    }
    return form;
  }

  /** The filters in force. */
  get tokens(): Locator {
    return this.ui.page.getByRole('list', { name: this.ui.text('filter.in_force') }).getByRole('listitem');
  }

  /** The rows, without the headings. */
  get rows(): Locator {
    return this.ui.page.getByRole('row').filter({ has: this.ui.page.getByRole('rowheader') });
  }

  /** The ids in the order shown. */
  async ids(): Promise<string[]> {
    const links = await this.rows.getByRole('rowheader').getByRole('link').allInnerTexts();
    return links.map((id) => id.trim());
  }

  /** Expects exactly these nodes, in any order. */
  async expectIds(ids: string[]): Promise<void> {
    await expect(async () => {
      expect((await this.ids()).sort()).toEqual([...ids].sort());
    }).toPass({ timeout: 10_000 });
  }

  /** The texts of a column, from top to bottom. */
  async column(key: string): Promise<string[]> {
    const headings = await this.ui.page.getByRole('columnheader').allInnerTexts();
    const place = headings.findIndex((heading) => heading.trim() === this.ui.text(`nodes.${key}`));
    expect(place, `the column ${key} shows`).toBeGreaterThanOrEqual(0);
    const cells = this.rows.locator(`xpath=./*[${place + 1}]`);
    return (await cells.allInnerTexts()).map((text) => text.trim());
  }

  /** The headings from left to right, without that of the checkboxes. */
  async headings(): Promise<string[]> {
    const headings = await this.ui.page.getByRole('columnheader').allInnerTexts();
    return headings.map((heading) => heading.trim()).filter((heading) => heading !== '');
  }

  /** Opens the table's preferences. */
  async openPreferences(): Promise<void> {
    await this.ui.expand(this.ui.texts.pattern('table.preferences_of'));
  }
}
