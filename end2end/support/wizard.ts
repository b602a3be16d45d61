/** The wizards' first steps, which both have. */
import { expect } from '@playwright/test';
import type { Console } from './console.ts';

/** Begins a draft with these names, and goes on to its location. `simple` is software that is uploaded, `advanced` zips in S3. */
export async function beginDraft(ui: Console, kind: 'simple' | 'advanced', name: string, version: string): Promise<void> {
  await ui.open('/packages/create');
  await ui.button(kind === 'simple' ? 'publish.begin' : 'publish.begin_advanced').click();
  await expect(ui.page).toHaveURL(/\/details$/);
  await ui.ready();
  await ui.field('publish.field_name').fill(name);
  await ui.field('publish.field_version').fill(version);
  await ui.button('publish.next').click();
  await expect(ui.page).toHaveURL(/\/location$/);
}

/** Begins a draft of software, and goes on to the step that takes it: the first bucket that there is, the usual prefix. */
export async function beginSoftware(ui: Console, name: string, version: string): Promise<void> {
  await beginDraft(ui, 'simple', name, version);
  await ui.page.getByLabel(ui.text('publish.field_bucket'), { exact: true }).selectOption({ index: 1 });
  await ui.button('publish.next').click();
  await expect(ui.page).toHaveURL(/\/software$/);
}
