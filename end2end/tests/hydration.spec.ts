/** What somebody does on a slow line, before the page's code has come, is not lost. Language and backend change none of it. */
import type { Page } from '@playwright/test';
import { withSoftware } from '../support/software.ts';
import { expect, test } from '../support/test.ts';
import { beginSoftware } from '../support/wizard.ts';

/** Lets the files that match come only once what is returned is called. */
async function hold(page: Page, files: RegExp): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(files, async (route) => {
    await held;
    // The page that has asked may be gone.
    await route.continue().catch(() => undefined);
  });
  return release;
}

test('a link leads on @script @english @make-site', async ({ ui, page }) => {
  const release = await hold(page, /package_pages\w*\.wasm/);
  const asked = page.waitForRequest(/package_pages\w*\.wasm/);
  await page.goto('/packages/AmazonCloudWatchAgent');
  await asked;
  await page.getByRole('main').getByRole('link', { name: ui.texts.pattern('packages.versions') }).click();
  await expect(page).toHaveURL(/\/versions$/);
  release();
  await ui.ready();
  await expect(page.getByRole('region', { name: ui.text('packages.versions') })).toBeVisible();
});

test('rows stay chosen @script @english', async ({ ui, page }) => {
  await ui.open('/nodes');
  const boxes = page.getByRole('cell').getByRole('checkbox');
  // A console that has just started learns of its nodes meanwhile.
  await expect(boxes).not.toHaveCount(0);
  const release = await hold(page, /\.wasm$/);
  await page.reload();
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await boxes.nth(1).uncheck();
  await boxes.nth(2).press('Space');
  release();
  await ui.ready();
  await expect(page.locator('summary').filter({ hasText: ui.text('nodes.node_actions_of', { count: 2 }) })).toBeVisible();
  for (const [index, checked] of [true, false, true].entries()) {
    await expect(boxes.nth(index)).toBeChecked({ checked });
  }
});

test('a filter takes effect @script @english', async ({ ui, page }) => {
  const release = await hold(page, /\.wasm$/);
  await page.goto('/activations');
  const status = page.getByRole('combobox', { name: ui.text('activations.status_any') });
  await status.selectOption('expired');
  release();
  await expect(page).toHaveURL(/status=expired/);
  await expect(status).toHaveValue('expired');
});

test('a copy is made @script @english', async ({ ui, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const release = await hold(page, /\.wasm$/);
  await page.goto('/packages/AmazonCloudWatchAgent');
  await ui.button('packages.copy_name').click();
  release();
  await expect(page.getByRole('status').filter({ hasText: ui.text('common.copied') })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('AmazonCloudWatchAgent');
});

test.describe('a publisher', () => {
  test.use({ role: 'publisher' });

  test('uploads the file that was chosen @script @english', async ({ ui, page }) => {
    await withSoftware(async ({ deb }) => {
      await beginSoftware(ui, 'Chosen-early', '1.0');
      const release = await hold(page, /\.wasm$/);
      await page.reload();
      await ui.field('publish_software.choose_files').setInputFiles(deb);
      release();
      const file = page.getByRole('region', { name: /\.deb$/ });
      await expect(file).toContainText('hello-fleet');
      // What stands in the file itself, not in its name: it has been read by the server.
      await expect(file).toContainText('libc6');
    });
  });
});
