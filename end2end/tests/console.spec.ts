/** No page makes the browser complain: no script errors, no hydration warnings, nothing that the policy blocks. */
import { PAGES } from '../support/pages.ts';
import { ROLES } from '../support/sekisho.ts';
import { expect, test } from '../support/test.ts';

for (const role of ROLES) {
  test.describe(`as ${role}`, () => {
    test.use({ role });

    // The `problems` fixture of every test fails it when the browser has complained.
    test('every page loads and hydrates in silence @script', async ({ ui, sekisho }) => {
      const { id } = await sekisho.aws.createActivation({ Description: 'to be looked at' });
      for (const path of [...PAGES, `/activations/${id}`]) {
        await ui.open(path);
        await expect(ui.title, path).toBeVisible();
      }
    });
  });
}

test('what does not exist says so, as a page of the console', async ({ ui, page, problems }) => {
  problems.expectStatus(404);
  const answer = await page.goto('/nowhere');
  expect(answer?.status()).toBe(404);
  await ui.ready();
  await expect(ui.title).toHaveText(ui.text('common.page_not_found'));
});
