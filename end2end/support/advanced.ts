/** The advanced wizard as a person goes through it, with zips that lie in S3. */
import { expect } from '@playwright/test';
import type { Console } from './console.ts';
import { makeBucket, put } from './packages.ts';
import type { Sekisho } from './sekisho.ts';
import { beginDraft } from './wizard.ts';

export const BUCKET = 'advanced-tests';

/** Begins a draft of this name at a prefix, and goes as far as its manifest. */
export async function begin(ui: Console, name: string, prefix: string): Promise<void> {
  const { page } = ui;
  await beginDraft(ui, 'advanced', name, '1.0');
  await page.getByLabel(ui.text('publish.field_bucket'), { exact: true }).selectOption(BUCKET);
  await ui.field('publish.field_prefix').fill(prefix);
  await ui.button('publish.next').click();
  await expect(page).toHaveURL(/\/manifest$/);
}

/** Checks the zips for the first time, and waits for the end. */
export async function check(ui: Console): Promise<void> {
  await ui.button('publish_check.begin').click();
  await expect(ui.page).toHaveURL(/\/check$/);
  await expect(ui.page.getByText(ui.text('publish_check.done'), { exact: true })).toBeVisible({ timeout: 20_000 });
  await ui.ready();
}

/** Puts files into the bucket, under a prefix. */
export async function bucket(sekisho: Sekisho, prefix: string, files: Record<string, Buffer>): Promise<void> {
  await makeBucket(sekisho, BUCKET);
  for (const [name, content] of Object.entries(files)) {
    await put(sekisho, `${BUCKET}/${prefix}/${name}`, content);
  }
}
