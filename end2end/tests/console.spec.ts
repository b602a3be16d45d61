/** No page makes the browser complain: no script errors, no hydration warnings, nothing that the policy blocks. */
import { PAGES } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

// The viewer walks in roles.spec.ts. Axe walks through the operator's pages in English, as silently.
for (const [role, tag] of [['publisher', '@english'], ['operator', '@japanese'], ['admin', '@english']] as const) {
  test.describe(`as ${role}`, () => {
    test.use({ role });

    // The `problems` fixture of every test fails it when the browser has complained. What other roles are shown beyond the
    // operator's pages does not change with the language.
    test(`every page loads and hydrates in silence @script ${tag}`, async ({ ui, page, sekisho }) => {
      test.setTimeout(PAGES.length * 10_000);
      const { id } = await sekisho.aws.createActivation({ Description: 'to be looked at' });
      for (const path of [...PAGES, `/activations/${id}`]) {
        await ui.open(path);
        await expect(ui.title, path).toBeVisible();
      }
      await expect(page.getByText(id)).not.toHaveCount(0);
    });
  });
}

test('a tab in the background holds no stream until it is looked at @script @english', async ({ ui, another }) => {
  const page = await another('operator');
  await page.addInitScript(() => Object.defineProperty(document, 'hidden', { get: () => !('lookedAt' in window) }));
  const isStream = (url: string) => new URL(url).pathname === '/events';
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await ui.on(page).open('/nodes');
  expect(asked.filter(isStream)).toEqual([]);
  const stream = page.waitForRequest((request) => isStream(request.url()));
  await page.evaluate(() => {
    Object.assign(window, { lookedAt: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });
  await stream;
});

test('what does not exist says so, as a page of the console', async ({ ui, page, problems }) => {
  problems.expectStatus(404);
  const answer = await page.goto('/nowhere');
  expect(answer?.status()).toBe(404);
  await ui.ready();
  await expect(ui.title).toHaveText(ui.text('common.page_not_found'));
});

test('the navigation folds where the window is narrow, and comes back where it is not @script @english', async ({ ui, page }) => {
  await ui.open('/nodes');
  await expect(ui.navigation).toBeVisible();
  await page.setViewportSize({ width: 768, height: 900 });
  await expect(ui.navigation).toBeHidden();
  await page.setViewportSize({ width: 1280, height: 900 });
  await expect(ui.navigation).toBeVisible();
  await page.setViewportSize({ width: 768, height: 900 });
  await page.getByLabel(ui.text('layout.toggle_navigation')).click();
  await ui.navigation.getByRole('link', { name: ui.text('layout.overview') }).click();
  await expect(page).toHaveURL('/');
  await expect(ui.navigation, 'it has led somewhere').toBeHidden();
});
