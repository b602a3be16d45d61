/** The node list as a table: order, pages, columns, download, choice of rows, refresh, live changes. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { NodeList } from '../support/node-list.ts';
import { expect, test } from '../support/test.ts';

// A console of their own, with more nodes than one page has.
test.use({ nodes: 47 });

let whole = false;

test.beforeEach(async ({ ui, sekisho }) => {
  if (!whole) {
    test.slow();
    await new NodeList(ui).whole(sekisho);
    whole = true;
  }
});

const lower = (texts: string[]) => texts.map((text) => text.toLowerCase());

test('sorting goes by what is compared, and turns round', async ({ ui }) => {
  const list = new NodeList(ui);
  await list.open('?size=100');
  const heading = ui.column('nodes.computer_name');
  await heading.getByRole('link').click();
  await expect(heading).toHaveAttribute('aria-sort', 'ascending');
  // The heading turns at once; the rows follow when the server has answered.
  const names = async () => lower(await list.column('computer_name'));
  await expect(async () => {
    const up = await names();
    expect(up).toEqual([...up].sort());
  }).toPass();
  await heading.getByRole('link').click();
  await expect(heading).toHaveAttribute('aria-sort', 'descending');
  await expect(async () => {
    const down = await names();
    expect(down).toEqual([...down].sort().reverse());
  }).toPass();

  await ui.column('nodes.agent_version').getByRole('link').click();
  await expect(ui.column('nodes.agent_version')).toHaveAttribute('aria-sort', 'ascending');
  await expect(async () => {
    const parts = (await list.column('agent_version')).map((version) => version.split('.').map(Number));
    const rising = parts.slice(1).every((version, place) => {
      const before = parts[place] ?? [];
      const first = version.findIndex((part, index) => part !== before[index]);
      return first < 0 || (version[first] ?? 0) > (before[first] ?? 0);
    });
    expect(rising, JSON.stringify(parts)).toBe(true);
  }).toPass();
});

test('pages are turned, sized, linked to and gone back from', async ({ ui, page, context, sekisho }) => {
  const list = new NodeList(ui);
  await list.open('?sort=id&size=10');
  const pages = page.getByRole('navigation', { name: ui.text('table.pages') });
  const first = await list.ids();
  expect(first.length).toBe(10);
  await pages.getByRole('link', { name: ui.text('table.page_number', { page: 3 }) }).click();
  await expect(page).toHaveURL(/page=3/);
  await expect(list.rows.first()).not.toContainText(first[0] ?? '');
  const third = await list.ids();
  const all = (await sekisho.aws.nodes()).map((node) => node.InstanceId).sort();
  expect(third).toEqual(all.slice(20, 30));

  const elsewhere = await context.newPage();
  await elsewhere.goto(page.url());
  await expect(elsewhere.getByRole('row').filter({ hasText: third[0] ?? '' })).toBeVisible();
  await elsewhere.close();
  await page.goBack();
  await expect(list.rows.first()).toContainText(first[0] ?? '');
});

test('the preferred size of pages is kept, and is part of links', async ({ ui, page }) => {
  const list = new NodeList(ui);
  await list.open('?page=2');
  const second = await list.ids();
  await list.openPreferences();
  await page.getByRole('radio', { name: ui.text('table.rows', { count: 10 }) }).check();
  await ui.button('table.confirm').click();
  await expect(list.rows).toHaveCount(10);
  await list.open();
  await expect(list.rows).toHaveCount(10);
  await ui.column('nodes.node_name').getByRole('link').click();
  await expect(page).toHaveURL(/size=10/);
  await list.open('?page=2');
  await list.expectIds(second);
});

test('columns are chosen and moved, and stay so', async ({ ui, page }) => {
  const list = new NodeList(ui);
  await list.open();
  const usual = await list.headings();
  const [state, agent, ping] = ['node_state', 'agent_version', 'ping_status'].map((key) => ui.text(`nodes.${key}`));
  expect(usual).not.toContain(state);
  expect(usual.indexOf(ping ?? '')).toBeLessThan(usual.indexOf(agent ?? ''));
  await list.openPreferences();
  await ui.button('table.move_up', { column: agent ?? '' }).click();
  if (ui.script) {
    await expect(ui.button('table.move_up', { column: agent ?? '' })).toBeFocused();
    await expect(page.getByText(ui.texts.pattern('table.column_moved', { column: agent ?? '' }))).toBeAttached();
  }
  await page.getByRole('checkbox', { name: state, exact: true }).check();
  await page.getByRole('checkbox', { name: ui.text('nodes.source_type'), exact: true }).uncheck();
  await ui.button('table.confirm').click();
  await expect(ui.column('nodes.node_state')).toBeVisible();
  await expect(ui.column('nodes.source_type')).toHaveCount(0);
  await list.open('?q=bb');
  const now = await list.headings();
  expect(now).toContain(state);
  expect(now.indexOf(agent ?? '')).toBeLessThan(now.indexOf(ping ?? ''));
});

test('the form of preferences is fetched when it is opened, and missed in words @script @english @make-site', async ({ ui, page, problems }) => {
  const form = /table_preferences\w*\.wasm/;
  problems.expectMissing(form);
  await page.route(form, (route) => route.abort());
  const list = new NodeList(ui);
  await list.open();
  await list.openPreferences();
  await expect(page.getByText(ui.text('common.page_not_loaded'))).toBeVisible();
  await page.unroute(form);
  await page.getByRole('link', { name: ui.text('common.load_again') }).click();
  await ui.ready();
  await list.openPreferences();
  await expect(page.getByRole('radio', { name: ui.text('table.rows', { count: 10 }) })).toBeVisible();
});

test('the usual columns fit on a screen of 1280', async ({ ui, page }) => {
  await new NodeList(ui).open('?size=100');
  const region = page.getByRole('region', { name: ui.text('nodes.title') });
  const { scroll, client } = await region.evaluate((element) => ({
    scroll: element.scrollWidth,
    client: element.clientWidth,
  }));
  expect(scroll).toBeLessThanOrEqual(client);
});

/** The lines of a download. */
async function download(page: Page, click: () => Promise<void>): Promise<{ name: string; lines: string[] }> {
  const [file] = await Promise.all([page.waitForEvent('download'), click()]);
  const text = await readFile(await file.path(), 'utf8');
  expect(text.startsWith('\ufeff'), 'Excel knows UTF-8 by its mark').toBe(true);
  return { name: file.suggestedFilename(), lines: text.slice(1).trimEnd().split('\r\n') };
}

test('the download has every row that fits in the columns shown', async ({ ui, page, sekisho }) => {
  const list = new NodeList(ui);
  await list.open('?size=10&platform=Linux&sort=id');
  await expect(list.rows).toHaveCount(10);
  const { name, lines } = await download(page, () => ui.link('nodes.download').click());
  expect(name).toMatch(/^managed-nodes-\d{4}-\d\d-\d\d\.csv$/);
  expect(lines[0]).toBe((await list.headings()).join(','));
  const linux = (await sekisho.aws.nodes()).filter((node) => node.PlatformType === 'Linux');
  expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(linux.map((node) => node.InstanceId).sort());
});

test('a name that begins like a formula is a text in the file @english', async ({ ui, page, sekisho }) => {
  const { id, code } = await sekisho.aws.createActivation({ DefaultInstanceName: '=1+1' });
  const agent = await sekisho.register(id, code);
  await expect(async () => {
    await new NodeList(ui).open(`?id=${agent.id}`);
    await expect(ui.row(agent.id)).toBeVisible({ timeout: 500 });
  }).toPass();
  const { lines } = await download(page, () => ui.link('nodes.download').click());
  expect(lines[1]).toContain(`"'=1+1"`);
});

test('chosen nodes are led to their action', async ({ ui, page }) => {
  const list = new NodeList(ui);
  await list.open('?source=AWS::SSM::ManagedInstance');
  const ids = (await list.ids()).slice(0, 2);
  if (ui.script) {
    await ui.expand(ui.text('nodes.node_actions'));
    await ui.expectForbidden(ui.button('node_actions.deregister'), 'nodes.nothing_chosen');
    await page.keyboard.press('Escape');
  }
  for (const id of ids) {
    await page.getByRole('checkbox', { name: ui.text('table.select_row', { row: id }) }).check();
  }
  await ui.expand(ui.texts.within('nodes.node_actions'));
  await ui.button('node_actions.deregister').click();
  await expect(page).toHaveURL((url) => {
    return url.pathname === '/nodes/deregister' && url.searchParams.getAll('id').sort().join() === [...ids].sort().join();
  });
});

test('a page is chosen at once, and left with its rows @script @english', async ({ ui, page }) => {
  const list = new NodeList(ui);
  await list.open('?size=10&sort=id');
  await page.getByRole('checkbox', { name: ui.text('table.select_page') }).check();
  await expect(page.getByText(ui.text('nodes.node_actions_of', { count: 10 }))).toBeVisible();
  await page.getByRole('navigation', { name: ui.text('table.pages') }).getByRole('link', { name: ui.text('table.next_page') }).click();
  await expect(page).toHaveURL(/page=2/);
  await expect(page.getByText(ui.texts.pattern('nodes.node_actions'))).toBeVisible();
});

test.describe('who only looks', () => {
  test.use({ role: 'viewer' });

  test('is told why nodes cannot be changed', async ({ ui }) => {
    await new NodeList(ui).open();
    await ui.expand(ui.texts.within('nodes.node_actions'));
    for (const action of ['deregister', 'role', 'tags']) {
      await ui.expectForbidden(ui.button(`node_actions.${action}`), `node_actions.${action}_denied`);
    }
  });

  test('may ask for a refresh', async ({ ui, page }) => {
    const list = new NodeList(ui);
    await list.open('?q=bb-ubuntu');
    const answered = page.waitForResponse((answer) => {
      return answer.request().method() === 'POST' && new URL(answer.url()).pathname.endsWith('/nodes/refresh');
    });
    await ui.button('nodes.refresh').click();
    // The list is refreshed by itself so often that only the question and its answer tell.
    expect((await answered).status()).toBe(ui.script ? 200 : 303);
    await expect(page).toHaveURL(/q=bb-ubuntu/);
    await expect(list.rows.first()).toContainText('bb-ubuntu');
    await expect(ui.button('nodes.refresh')).not.toHaveAttribute('aria-disabled', 'true');
  });
});

test('changes show in the filtered list without a reload @script', async ({ ui, page, sekisho }, info) => {
  const list = new NodeList(ui);
  const name = `live-${info.project.name}-${info.retry}`;
  await list.open(`?name=${name}`);
  await expect(page.getByText(ui.text('table.no_matches_hint'))).toBeVisible();
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  const { id, code } = await sekisho.aws.createActivation({ DefaultInstanceName: name });
  const agent = await sekisho.register(id, code);
  await agent.report({ computerName: 'first.example.com' });
  const row = ui.row(agent.id);
  await expect(row).toContainText('first.example.com');
  const link = row.getByRole('link').first();
  await link.focus();
  await agent.report({ computerName: 'second.example.com' });
  await expect(row).toContainText('second.example.com');
  await expect(link, 'a row that changes keeps the focus').toBeFocused();
  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
});

test('the age of the list moves on while nothing changes @script @english', async ({ ui, page }) => {
  await new NodeList(ui).open('?q=nothing-like-this');
  const fetched = page.locator('.fetched time');
  const before = await fetched.getAttribute('datetime');
  await expect(fetched).not.toHaveAttribute('datetime', before ?? '');
});
