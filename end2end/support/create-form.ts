/** The form that creates an activation, and what it gives. */
import { type APIResponse, type Locator, expect } from '@playwright/test';
import type { Console } from './console.ts';

/** What a test types; what is not given stays as the form has it. */
export interface Wanted {
  description?: string;
  limit?: string;
  /** An existing role; without it, the default one. */
  role?: string;
  expires?: string;
  name?: string;
  tags?: [key: string, value: string][];
}

export class CreateForm {
  readonly description: Locator;
  readonly limit: Locator;
  readonly defaultRole: Locator;
  readonly existingRole: Locator;
  readonly role: Locator;
  readonly expires: Locator;
  readonly name: Locator;
  readonly submit: Locator;

  constructor(readonly ui: Console) {
    this.description = ui.field('activations.field_description');
    this.limit = ui.field('activations.field_limit');
    this.defaultRole = ui.page.getByRole('radio', { name: ui.texts.within('activations.role_default') });
    this.existingRole = ui.page.getByRole('radio', { name: ui.texts.within('activations.role_existing') });
    this.role = ui.page.getByRole('combobox', { name: ui.texts.within('activations.field_existing_role') });
    this.expires = ui.field('activations.field_expires');
    this.name = ui.field('activations.field_name');
    this.submit = ui.button('activations.create');
  }

  async open(query = ''): Promise<void> {
    await this.ui.open(`/activations/new${query}`);
  }

  tagKey(row: number): Locator {
    return this.ui.page.getByLabel(this.ui.texts.pattern('common.tag_key_row', { row }));
  }

  tagValue(row: number): Locator {
    return this.ui.page.getByLabel(this.ui.texts.pattern('common.tag_value_row', { row }));
  }

  async fill(wanted: Wanted): Promise<void> {
    const { description, limit, role, expires, name, tags = [] } = wanted;
    if (description !== undefined) await this.description.fill(description);
    if (limit !== undefined) await this.limit.fill(limit);
    if (role !== undefined) {
      await this.existingRole.check();
      await this.role.selectOption(role);
    }
    if (expires !== undefined) await this.expires.fill(expires);
    if (name !== undefined) await this.name.fill(name);
    for (const [index, [key, value]] of tags.entries()) {
      const row = index + 1;
      if (this.ui.script && !(await this.tagKey(row).isVisible())) {
        await this.ui.button('common.tag_add').click();
      }
      await this.tagKey(row).fill(key);
      await this.tagValue(row).fill(value);
    }
  }

  /** Sends what the form would send, past the page. */
  async post(): Promise<APIResponse> {
    const fields = await this.submit.evaluate((button) =>
      [...new FormData((button as HTMLButtonElement).form ?? undefined)].map(([name, value]) => [name, String(value)]),
    );
    const data = new URLSearchParams(fields as [string, string][]).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.ui.page.request.post('/activations/new', { data, headers });
  }

  /** Expects the form to hold this. */
  async expectToHold({ description, limit, role, expires, name, tags = [] }: Wanted): Promise<void> {
    if (description !== undefined) await expect(this.description).toHaveValue(description);
    if (limit !== undefined) await expect(this.limit).toHaveValue(limit);
    if (role !== undefined) {
      await expect(this.existingRole).toBeChecked();
      await expect(this.role).toHaveValue(role);
    }
    if (expires !== undefined) await expect(this.expires).toHaveValue(expires);
    if (name !== undefined) await expect(this.name).toHaveValue(name);
    for (const [index, [key, value]] of tags.entries()) {
      await expect(this.tagKey(index + 1)).toHaveValue(key);
      await expect(this.tagValue(index + 1)).toHaveValue(value);
    }
  }
}
