/** The page that shows a code once. */
import { type Locator, expect } from '@playwright/test';
import type { Console } from './console.ts';
import { CreateForm, type Wanted } from './create-form.ts';
import type { Sekisho } from './sekisho.ts';

export class Success {
  readonly code: Locator;
  readonly id: Locator;

  private constructor(readonly ui: Console) {
    this.code = ui.value('activations.code').getByRole('code');
    this.id = ui.value('activations.id').getByRole('code');
  }

  /** Creates an activation by the form and stays on the page that follows. */
  static async after(ui: Console, wanted: Wanted): Promise<Success> {
    await new CreateForm(ui).open();
    return Success.afterShown(ui, wanted);
  }

  /** The same by the form that is shown. */
  static async afterShown(ui: Console, wanted: Wanted): Promise<Success> {
    const form = new CreateForm(ui);
    await form.fill({ role: 'BB_Hybrid_Activation', ...wanted });
    await form.submit.click();
    const success = new Success(ui);
    await success.expectShown();
    return success;
  }

  async expectShown(): Promise<void> {
    await expect(this.ui.page.getByText(this.ui.text('activations.success_title'))).toBeVisible();
  }

  /** Reveals the code, or masks it again. */
  async reveal(): Promise<void> {
    const [show, hide] = [this.ui.text('activations.code_show'), this.ui.text('activations.code_hide')];
    await this.ui.expand(new RegExp(`${show}|${hide}`));
  }

  /** The box with one system's commands, opened. */
  async commandsFor(system: string): Promise<Locator> {
    const name = this.ui.page.locator('summary').getByText(system, { exact: true });
    await name.click();
    return this.ui.page.locator('details').filter({ has: name });
  }

  /** Reveals the code and reads it, with the id; it joins the secrets. */
  async read(sekisho: Sekisho): Promise<{ id: string; code: string }> {
    await this.reveal();
    await expect(this.code).toHaveText(/^\S{20,}$/);
    const [id, code] = [await this.id.innerText(), await this.code.innerText()];
    sekisho.secrets.add('activation code', code);
    return { id, code };
  }
}
