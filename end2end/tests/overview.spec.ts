/** The overview: figures that are true, each leading to what it counts. */
import type { Locator } from '@playwright/test';
import { NodeList } from '../support/node-list.ts';
import { expect, test } from '../support/test.ts';

test.use({ role: 'viewer' });

/** The number that stands in a figure, as it is written: its thousands are grouped. */
const written = async (figure: Locator) => /\d[\d,]*/.exec(await figure.innerText())?.[0] ?? '';
const number = async (figure: Locator) => Number((await written(figure)).replaceAll(',', ''));

test('each figure leads to just what it counts', async ({ ui, page, sekisho }) => {
  const used = await sekisho.aws.createActivation({ Description: 'counted by the overview' });
  await sekisho.register(used.id, used.code);
  await ui.open('/');
  const figure = page.getByRole('main').getByRole('link', { name: ui.texts.within('activations.status_exhausted') });
  const count = await written(figure);
  expect(await number(figure)).toBeGreaterThan(0);
  await figure.click();
  await expect(page).toHaveURL('/activations?status=exhausted');
  await expect(ui.title).toContainText(`(${count}/`);
  await expect(ui.row(used.id)).toBeVisible();
});

test('a node that joins is counted by itself @script', async ({ ui, page, sekisho }) => {
  await new NodeList(ui).whole(sekisho);
  await ui.open('/');
  // All nodes: those of other tests may stop beating meanwhile.
  const figure = page.getByRole('main').getByRole('link', { name: ui.texts.within('overview.total') });
  const before = (await sekisho.aws.nodes()).length;
  // What earlier tests have registered may still be on its way.
  await expect.poll(() => number(figure)).toBe(before);
  const { id, code } = await sekisho.aws.createActivation();
  const agent = await sekisho.register(id, code);
  await agent.report({ computerName: 'counted.example.com' });
  await expect.poll(() => number(figure)).toBeGreaterThan(before);
});

test('what has happened is told, and leads to the list of it', async ({ ui, page, sekisho }) => {
  const { id, code } = await sekisho.aws.createActivation({ DefaultInstanceName: 'came and went' });
  const agent = await sekisho.register(id, code);
  await ui.open('/nodes/changes?kind=registered');
  await expect(async () => {
    await ui.open('/nodes/changes?kind=registered');
    await expect(ui.row(agent.id)).toContainText('came and went', { timeout: 500 });
  }).toPass();
  await sekisho.aws.deregister(agent.id);
  await expect(async () => {
    await ui.open('/nodes/changes?kind=deregistered');
    await expect(ui.row(agent.id)).toBeVisible({ timeout: 500 });
  }).toPass();

  await ui.open('/');
  const main = page.getByRole('main');
  const figure = main.getByRole('link', { name: ui.texts.within('changes.deregistered') });
  const count = await written(figure);
  expect(await number(figure)).toBeGreaterThan(0);
  await figure.click();
  await expect(page).toHaveURL('/nodes/changes?period=day&kind=deregistered');
  await expect(ui.title).toContainText(`(${count}/`);
  await expect(ui.row(agent.id)).toBeVisible();
  // What the server leaves out counts for the whole list all the same, and comes back with the filter's end.
  await page.getByLabel(ui.text('changes.any_kind')).selectOption('back-online');
  if (!ui.script) await ui.button('table.apply').click();
  await expect(page).toHaveURL(/kind=back-online/);
  await expect(ui.row(agent.id)).toHaveCount(0);
  await ui.link('table.clear_filter').first().click();
  await expect(ui.row(agent.id).first()).toBeVisible();
});

test('platforms, agents and the tier are told in figures', async ({ ui, page, sekisho }) => {
  const all = page.getByRole('main').getByRole('link', { name: ui.texts.within('overview.total') });
  // The simulated machines join while the console starts.
  await expect(async () => {
    await ui.open('/');
    expect(await number(all)).toBeGreaterThanOrEqual(sekisho.nodes);
  }).toPass();
  const section = (key: string) =>
    page.getByRole('heading', { level: 2, name: ui.text(key) }).locator('xpath=ancestor::section');
  const linux = section('overview.platforms').getByRole('listitem').filter({ hasText: 'Linux' });
  expect(await number(linux)).toBeGreaterThan(0);
  const agent = section('overview.agents').getByRole('link').first();
  await expect(agent).toHaveText(/^\d+\.\d+\.\d+\.\d+$/);
  await expect(section('overview.tier')).toContainText(ui.text('tier.standard_instances'));
  await expect(section('overview.tier')).toContainText(ui.text('tier.free'));
  const version = await agent.innerText();
  const withIt = section('overview.agents').getByRole('listitem').filter({ hasText: version });
  const count = /[\d,]+$/.exec((await withIt.innerText()).trim())?.[0];
  await agent.click();
  await expect(page).toHaveURL(`/nodes?agent=${version}`);
  await expect(ui.title).toContainText(`(${count}/`);
  await ui.open('/');
  await section('overview.tier').getByRole('link', { name: ui.text('overview.tier_settings') }).click();
  await expect(page).toHaveURL('/nodes/settings');
});

test('an activation that is used up is named', async ({ ui, page, sekisho }) => {
  const used = await sekisho.aws.createActivation({ Description: 'used up at once' });
  await sekisho.register(used.id, used.code);
  await ui.open('/');
  await page.getByRole('main').getByRole('link', { name: 'used up at once' }).first().click();
  await expect(page).toHaveURL(`/activations/${used.id}`);
});

test('the age of the figures moves on while nothing changes @script @english', async ({ ui, page }) => {
  await ui.open('/');
  const fetched = page.getByRole('paragraph').filter({ hasText: ui.text('overview.fetched') }).locator('time');
  const before = await fetched.getAttribute('datetime');
  await expect(fetched).not.toHaveAttribute('datetime', before ?? '');
});
