/** What one test does to its page, the next does not find. */
import { type PageOptions, ReusedPages, onlyPage } from '../support/reused-page.ts';
import { expect, test } from '../support/test.ts';

test('a page that is used again is as nobody had used it @script @english', async ({ browser, sekisho, ui, viewport }) => {
  const pages = new ReusedPages(browser);
  const options = { storageState: await sekisho.session('viewer'), colorScheme: 'light', permissions: [], viewport } satisfies PageOptions;
  const context = await pages.take(options);
  const page = onlyPage(context);
  await context.addCookies([{ name: 'left', value: 'behind', url: sekisho.url }]);
  await context.grantPermissions(['clipboard-read']);
  await context.route('**/*', (route) => route.abort());
  await page.route('**/*', (route) => route.abort());
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 600, height: 600 });
  const heard: string[] = [];
  page.on('request', (request) => heard.push(request.url()));
  await context.newPage();
  await pages.giveBack(context);

  heard.length = 0;
  const again = await pages.take(options);
  expect(again).toBe(context);
  expect(again.pages()).toEqual([page]);
  expect((await again.cookies()).map(({ name }) => name)).toEqual(options.storageState.cookies.map(({ name }) => name));
  await ui.on(page).open('/nodes');
  const found = await page.evaluate(async () => ({
    permission: (await navigator.permissions.query({ name: 'clipboard-read' as PermissionName })).state,
    dark: matchMedia('(prefers-color-scheme: dark)').matches,
    width: window.innerWidth,
  }));
  expect(found).toEqual({ permission: 'prompt', dark: false, width: viewport?.width });
  expect(heard).toEqual([]);
  await pages.discard(again);
});
