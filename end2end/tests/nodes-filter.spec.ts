/** The property filter of the node list: every operator, all and any, by address, by keyboard, without script. */
import type { ManagedNode } from '../support/aws.ts';
import { type Filter, NodeList } from '../support/node-list.ts';
import { expect, test } from '../support/test.ts';

// A console of their own: nobody else registers nodes while these count them.
test.use({ role: 'viewer', nodes: 31 });

let whole = false;

test.beforeEach(async ({ ui, sekisho }) => {
  if (!whole) {
    test.slow();
    await new NodeList(ui).whole(sekisho);
    whole = true;
  }
});

const lower = (text: string | undefined) => (text ?? '').toLowerCase();
const os = (node: ManagedNode) => [node.PlatformName, node.PlatformVersion].filter(Boolean).join(' ');

/** Less than 0, 0, or more, by numbers between dots. */
function compareVersions(a: string, b: string): number {
  const [x, y] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let part = 0; part < Math.max(x.length, y.length); part += 1) {
    const difference = (x[part] ?? -1) - (y[part] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

const version = (node: ManagedNode) => node.AgentVersion ?? '';

type Case = [Filter, (node: ManagedNode) => boolean];

/** By the kind of property: each operator that the kind has at least once, and which nodes must remain. */
const CASES: Record<'text' | 'choice' | 'version' | 'time', Case[]> = {
  text: [
    [['node_name', '=', 'bb-ubuntu'], (node) => node.Name === 'bb-ubuntu'],
    [['node_name', '=', ''], (node) => node.Name === undefined],
    [['node_name', '!=', 'bb-ubuntu'], (node) => node.Name !== 'bb-ubuntu'],
    [['computer_name', ':', 'EXAMPLE'], (node) => lower(node.ComputerName).includes('example')],
    [['computer_name', '!:', 'example'], (node) => !lower(node.ComputerName).includes('example')],
    [['operating_system', '^', 'ubuntu'], (node) => lower(os(node)).startsWith('ubuntu')],
    [['node_id', '^', 'i-'], (node) => node.InstanceId.startsWith('i-')],
    [['ip_address', '^', '172.16.'], (node) => lower(node.IPAddress).startsWith('172.16.')],
    [['image_id', '=', 'ami-0b20f552f63953f0e'], (node) => node.InstanceId === 'i-0238e4ae9600e8fdd'],
    [['iam_role', ':', 'hybrid'], (node) => lower(node.IamRole).includes('hybrid')],
  ],
  choice: [
    [['platform_type', '=', 'Windows'], (node) => node.PlatformType === 'Windows'],
    [['platform_type', '!=', 'Windows'], (node) => node.PlatformType !== 'Windows'],
    [['source_type', '=', 'AWS::EC2::Instance'], (node) => node.SourceType === 'AWS::EC2::Instance'],
    [['node_state', '=', 'running'], (node) => node.InstanceState === 'running'],
  ],
  version: [
    [['agent_version', '<', '3.3.987.0'], (node) => compareVersions(version(node), '3.3.987.0') < 0],
    [['agent_version', '=', '3.3.987.0'], (node) => version(node) === '3.3.987.0'],
    [['agent_version', '<=', '3.3.987.0'], (node) => compareVersions(version(node), '3.3.987.0') <= 0],
    [['agent_version', '>', '3.3.987.0'], (node) => compareVersions(version(node), '3.3.987.0') > 0],
    [['agent_version', '>=', '3.3.987.0'], (node) => compareVersions(version(node), '3.3.987.0') >= 0],
    [['agent_version', '^', '3.3.'], (node) => version(node).startsWith('3.3.')],
  ],
  time: [
    [['registered', '>', '1d'], (node) => node.RegistrationDate !== undefined],
    [['registered', '<=', '2020-01-01'], () => false],
    [['last_ping', '>=', '2020-01-01T00:00Z'], () => true],
    [['last_ping', '<', '30d'], () => false],
  ],
};

test('a filter of each kind leaves the nodes that fit, with script by every operator @english', async ({ ui, sekisho }) => {
  test.setTimeout(120_000);
  const list = new NodeList(ui);
  const nodes = await sekisho.aws.nodes();
  // A value may be called as the screen calls it.
  const running: Filter = ['node_state', '=', ui.text('nodes.state_running')];
  const named: Case[] = [[running, (node) => node.InstanceState === 'running']];
  // Without script all operators are chosen and sent alike.
  const cases = Object.values(CASES).flatMap((kind) => (ui.script ? kind : kind.slice(0, 1)));
  for (const [filter, fits] of [...cases, ...named]) {
    await test.step(filter.join(' '), async () => {
      const wanted = nodes.filter(fits).map((node) => node.InstanceId);
      // Where all fit, none are shown before: the list must not be right before it has been asked.
      const all = wanted.length === nodes.length;
      await list.open(all ? '?size=100&name=nobody&join=or' : '?size=100');
      await list.add(filter);
      await expect(list.tokens).toHaveCount(all ? 2 : 1);
      await list.expectIds(wanted);
    });
  }
});

test('filters add up, or one is enough', async ({ ui, page, sekisho }) => {
  const list = new NodeList(ui);
  const nodes = await sekisho.aws.nodes();
  const ids = (fits: (node: ManagedNode) => boolean) => nodes.filter(fits).map((node) => node.InstanceId);
  const windows = (node: ManagedNode) => node.PlatformType === 'Windows';
  const old = (node: ManagedNode) => compareVersions(version(node), '3.3') < 0;
  await list.open('?size=100');
  await list.add(['platform_type', '=', 'Windows']);
  await list.add(['agent_version', '<', '3.3']);
  await list.expectIds(ids((node) => windows(node) && old(node)));
  await ui.link('filter.any').click();
  await expect(page).toHaveURL(/join=or/);
  await list.expectIds(ids((node) => windows(node) || old(node)));

  const address = page.url();
  await list.open('');
  await page.goto(address);
  await list.expectIds(ids((node) => windows(node) || old(node)));
  await ui.link('table.clear_filter').first().click();
  await expect(list.tokens).toHaveCount(0);
  await list.expectIds(ids(() => true));
});

test('a text is looked for in everything', async ({ ui, page, sekisho }) => {
  const list = new NodeList(ui);
  await list.open('?size=100');
  await ui.filter('RASPBERRYPI 192.168');
  const pis = (await sekisho.aws.nodes()).filter((node) => node.ComputerName === 'raspberrypi');
  expect(pis.length).toBe(2);
  await list.expectIds(pis.map((node) => node.InstanceId));
  await expect(page.getByText(ui.text('table.matches', { count: 2 }))).toBeVisible();
  await list.add(['operating_system', ':', '12']);
  await expect(page.getByText(ui.text('table.match_one'))).toBeVisible();
});

test('a filter can be changed and taken away', async ({ ui, page }) => {
  const list = new NodeList(ui);
  await list.open('?platform=Windows&size=100');
  const windows = (await list.ids()).length;
  expect(windows).toBeGreaterThan(0);
  const label = `${ui.text('nodes.platform_type')} = Windows`;
  await ui.expand(ui.texts.pattern('filter.change', { filter: label }));
  const form = list.tokens.first();
  await form.getByLabel(ui.text('filter.value')).fill('Linux');
  await form.getByRole('button', { name: ui.text('table.apply') }).click();
  await expect(page.getByText(/^\(\d+\/\d+\)$/)).not.toHaveText(new RegExp(`^\\(${windows}/`));
  const linux = `${ui.text('nodes.platform_type')} = Linux`;
  await expect(list.tokens).toContainText(linux);
  await ui.link('filter.remove', { filter: linux }).click();
  await expect(list.tokens).toHaveCount(0);
  await page.goBack();
  await expect(list.tokens).toHaveCount(1);
});

test('what is no filter is said at the field, and nothing typed is lost', async ({ ui, page }) => {
  const list = new NodeList(ui);
  await list.open('?q=bb');
  await list.add(['agent_version', '<', 'new']);
  await expect(page.getByText(ui.text('filter.not_version'))).toBeVisible();
  const field = ui.script ? list.input : (await list.addForm()).getByLabel(ui.text('filter.value'));
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveValue(/new$/);
  await expect(list.tokens).toHaveCount(1);
});

test('the keyboard is enough, and is told what there is @script', async ({ ui, page }) => {
  const list = new NodeList(ui);
  await list.open();
  await list.input.focus();
  await expect(list.input).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.type(ui.text('nodes.ping_status').slice(0, -1));
  await page.keyboard.press('ArrowUp');
  const active = () => list.suggestions.and(page.locator('[aria-selected="true"]'));
  await expect(active()).toHaveText(ui.text('nodes.ping_status'));
  const id = await active().getAttribute('id');
  await expect(list.input).toHaveAttribute('aria-activedescendant', id ?? '');
  await page.keyboard.press('Enter');
  await expect(list.suggestions).toHaveCount(3);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(list.suggestions).toHaveText([
    ui.texts.within('nodes.ping_online'),
    ui.texts.within('nodes.ping_lost'),
    ui.texts.within('nodes.ping_inactive'),
  ]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL((url) => url.searchParams.get('ping') === 'Online');
  await expect(list.input).toBeFocused();
  await expect(list.input).toHaveValue('');
  await page.keyboard.press('ArrowDown');
  await expect(list.input).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Escape');
  await expect(list.input).toHaveAttribute('aria-expanded', 'false');
});

test('what suggests is fetched when it is needed, and without it a text is looked for @script @english @make-site', async ({ ui, page, problems }) => {
  const assistant = /node_filter\w*\.wasm/;
  problems.expectMissing(assistant);
  await page.route(assistant, (route) => route.abort());
  const list = new NodeList(ui);
  await list.open();
  await list.input.fill('bb-');
  await expect(list.suggestions).toHaveCount(0);
  await list.input.press('Enter');
  await expect(page).toHaveURL((url) => url.searchParams.get('q') === 'bb-');
  await expect(list.tokens).toHaveCount(1);
});

test('what is typed while a filter is still read stays, and becomes the next @script @english @make-site', async ({ ui, page }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/node_filter\w*\.wasm/, async (route) => {
    await held;
    await route.continue();
  });
  const list = new NodeList(ui);
  await list.open();
  await list.add(['platform_type', '=', 'Windows']);
  const next = `${ui.text('nodes.ping_status')} = ${ui.text('nodes.ping_online')}`;
  await list.input.fill(next);
  release();
  await expect(list.tokens).toHaveCount(1);
  await expect(list.input).toHaveValue(next);
  await list.input.press('Enter');
  await expect(list.tokens).toHaveCount(2);
  await expect(list.input).toHaveValue('');
});

test('values are suggested from what nodes have @script', async ({ ui, page, sekisho }) => {
  const list = new NodeList(ui);
  await list.open();
  await list.input.fill(`${ui.text('nodes.agent_version')} = 3.1`);
  const versions = new Set((await sekisho.aws.nodes()).map(version).filter((known) => known.includes('3.1')));
  expect(versions.size).toBeGreaterThan(0);
  await expect(list.suggestions).toHaveCount(versions.size);
  const first = (await list.suggestions.first().innerText()).trim();
  await list.suggestions.first().click();
  await expect(page).toHaveURL((url) => url.searchParams.get('agent') === first);
});
