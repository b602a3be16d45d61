/** Acting on nodes, one or many: what is asked, what is done, and what comes of each. */
import { EC2_INSTANCE, type Kind, NodeForm, expectEnd, machines } from '../support/nodes.ts';
import { expect, test } from '../support/test.ts';

const BARE_ROLE = 'SSMServerRoleWithoutPolicy';
const KINDS: Kind[] = ['deregister', 'role', 'tags'];

test('one node is deregistered after being told what that means', async ({ ui, page, sekisho }) => {
  const [agent] = await machines(ui, sekisho, 1, { DefaultInstanceName: 'leaves' });
  await ui.open(`/nodes/${agent!.id}`);
  await ui.link('node_actions.deregister_this').first().click();
  await expect(ui.title).toHaveText(ui.text('node_actions.deregister'));
  for (const text of ['deregister_does', 'deregister_does_not', 'deregister_loses', 'deregister_final']) {
    await expect(page.getByRole('main')).toContainText(ui.text(`node_actions.${text}`));
  }
  const form = new NodeForm(ui, 'deregister');
  await expect(form.confirmation).toHaveCount(0);
  await form.submitAndFollow();
  await expectEnd(ui, { done: [agent!], failed: [] });
  await expect(ui.row(agent!.id)).toContainText(ui.text('node_actions.deregistered'));
  expect(await sekisho.aws.node(agent!.id)).toBeUndefined();
});

test('several are deregistered once their number is typed; one that is gone is told', async ({ ui, page, sekisho, problems }) => {
  problems.expectStatus(422);
  const agents = await machines(ui, sekisho, 3);
  const form = new NodeForm(ui, 'deregister');
  await form.open(agents.map((agent) => agent.id));
  await form.confirmation.fill('2');
  await form.submitInVain();
  await ui.expectError(form.confirmation, 'errors.exactly', { text: 3 });
  await expect(form.confirmation).toHaveValue('2');
  expect(await sekisho.aws.node(agents[0]!.id)).toBeDefined();

  await sekisho.aws.deregister(agents[1]!.id);
  await form.confirmation.fill('3');
  await form.submitAndFollow();
  const [a, b, c] = agents;
  await expectEnd(ui, { done: [a!, c!], failed: [b!] });
  await expect(ui.row(b!.id)).toContainText('InvalidInstanceId');
  for (const agent of agents) {
    expect(await sekisho.aws.node(agent.id)).toBeUndefined();
  }

  const before = page.url();
  await ui.button('node_actions.retry', { count: 1 }).click();
  await expect(page).not.toHaveURL(before);
  await ui.ready();
  await expectEnd(ui, { done: [], failed: [b!] });
});

test('nodes get another role, whose missing policy is named', async ({ ui, page, sekisho }) => {
  const agents = await machines(ui, sekisho, 3);
  const form = new NodeForm(ui, 'role');
  await form.open(agents.map((agent) => agent.id));
  const role = ui.field('node_actions.new_role');
  await expect(role.getByRole('option', { name: BARE_ROLE })).toHaveText(
    ui.text('activations.role_missing', { role: BARE_ROLE, policies: 'AmazonSSMManagedInstanceCore' }),
  );
  await expect(ui.row(agents[0]!.id)).toContainText('BB_Hybrid_Activation');
  await sekisho.aws.deregister(agents[2]!.id);
  await role.selectOption(BARE_ROLE);
  await form.submitAndFollow();
  await expectEnd(ui, { done: agents.slice(0, 2), failed: agents.slice(2) });
  await expect(page.getByRole('main')).toContainText(BARE_ROLE);
  for (const agent of agents.slice(0, 2)) {
    expect((await sekisho.aws.node(agent.id))?.IamRole).toBe(BARE_ROLE);
  }
});

test('a role must be chosen', async ({ ui, sekisho, problems }) => {
  problems.expectStatus(422);
  const [agent] = await machines(ui, sekisho, 1);
  const form = new NodeForm(ui, 'role');
  await form.open([agent!.id]);
  await form.submitInVain();
  await ui.expectError(ui.field('node_actions.new_role'), 'errors.required');
});

test('tags are told, added, overwritten and removed on all', async ({ ui, page, sekisho }) => {
  const agents = await machines(ui, sekisho, 3, { Tags: [{ Key: 'stage', Value: 'test' }] });
  const [a, b, c] = agents;
  await sekisho.aws.addNodeTags(b!.id, { stage: 'production', rack: '7' });
  const form = new NodeForm(ui, 'tags');
  await form.open(agents.map((agent) => agent.id));
  await expect(ui.row('rack')).toContainText(ui.text('node_actions.on_some', { count: 1, total: 3 }));
  await expect(ui.row('stage')).toContainText(ui.text('node_actions.on_all'));
  await expect(ui.row('stage')).toContainText(`test ${ui.text('node_actions.of_nodes', { count: 2 })}`);

  await sekisho.aws.deregister(c!.id);
  await page.getByRole('checkbox', { name: ui.text('node_actions.remove_key', { key: 'rack' }) }).check();
  await form.addTag(1, 'stage', '本番');
  await form.addTag(2, 'site', 'Tokyo');
  await form.submitAndFollow();
  await expectEnd(ui, { done: [a!, b!], failed: [c!] });
  for (const agent of [a!, b!]) {
    expect(await sekisho.aws.nodeTags(agent.id)).toEqual({ stage: '本番', site: 'Tokyo' });
  }
});

test('a wrong tag is told at its field, and everything filled in stays', async ({ ui, page, sekisho, problems }) => {
  problems.expectStatus(422);
  const [agent] = await machines(ui, sekisho, 1, { Tags: [{ Key: 'stage', Value: 'test' }] });
  const form = new NodeForm(ui, 'tags');
  await form.open([agent!.id]);
  await page.getByRole('checkbox').check();
  await form.addTag(1, 'aws:site', 'Tokyo');
  await form.submitInVain();
  const key = page.getByLabel(ui.texts.pattern('common.tag_key_row', { row: 1 }));
  await ui.expectError(key, 'errors.reserved_prefix');
  await expect(key).toHaveValue('aws:site');
  await expect(page.getByRole('checkbox')).toBeChecked();
  expect(await sekisho.aws.nodeTags(agent!.id)).toEqual({ stage: 'test' });
});

test('a form that is sent twice acts once', async ({ ui, page, sekisho }) => {
  const [agent] = await machines(ui, sekisho, 1);
  await new NodeForm(ui, 'tags').open([agent!.id]);
  const submission = await page.locator('input[name=submission]').inputValue();
  const send = async (value: string) => {
    const form = { id: agent!.id, submission, 'tags[0][key]': 'sent', 'tags[0][value]': value };
    const answer = await page.request.post('/nodes/tags', { form, maxRedirects: 0 });
    expect(answer.status()).toBe(303);
    return answer.headers().location!;
  };
  const first = await send('once');
  await ui.open(first);
  await expectEnd(ui, { done: [agent!], failed: [] });
  expect(await send('twice')).toBe(first);
  await ui.open(first);
  await expectEnd(ui, { done: [agent!], failed: [] });
  expect(await sekisho.aws.nodeTags(agent!.id)).toEqual({ sent: 'once' });
});

test('an EC2 instance is left out, and why', async ({ ui, page, sekisho }) => {
  const [agent] = await machines(ui, sekisho, 1);
  for (const kind of KINDS) {
    const form = new NodeForm(ui, kind);
    await form.open([EC2_INSTANCE, agent!.id]);
    await expect(page.getByText(ui.text('node_actions.impossible', { count: 1 }))).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: EC2_INSTANCE })).toContainText(
      ui.text(`node_actions.${kind}_not_hybrid`),
    );
    await expect(form.submit).toBeVisible();
    await form.open([EC2_INSTANCE]);
    await expect(page.getByText(ui.text('node_actions.nothing_possible'))).toBeVisible();
    await expect(form.submit).toHaveCount(0);
  }
});

test('nothing chosen leads back to the list', async ({ ui, page }) => {
  await ui.open('/nodes/deregister');
  await expect(page.getByText(ui.text('node_actions.nothing_chosen'))).toBeVisible();
  await ui.link('node_actions.back_to_list').click();
  await expect(page).toHaveURL('/nodes');
});

test('an action that is not there says so', async ({ ui, page, problems }) => {
  problems.expectStatus(404);
  const answer = await page.goto('/nodes/actions/255996e5-f42d-44c8-8fb8-eb17f76696bc');
  expect(answer?.status()).toBe(404);
  await ui.ready();
  await expect(page.getByRole('main')).toContainText(ui.text('node_actions.gone'));
});

test('other screens follow what is done @script', async ({ ui, page, context, sekisho, problems }) => {
  // The page follows its node, and asks for what is gone.
  problems.expectStatus(404);
  const [agent] = await machines(ui, sekisho, 1);
  const other = await context.newPage();
  await ui.on(other).open(`/nodes/${agent!.id}`);
  const form = new NodeForm(ui, 'tags');
  await form.open([agent!.id]);
  await form.addTag(1, 'seen', 'elsewhere');
  await form.submitAndFollow();
  await expect(other.getByText('elsewhere')).toBeVisible();

  await new NodeForm(ui, 'deregister').open([agent!.id]);
  await new NodeForm(ui, 'deregister').submitAndFollow();
  await expect(other.getByText(ui.text('node.not_found'))).toBeVisible();
  await expect(page).toHaveURL(/actions/);
});

test.describe('a viewer', () => {
  test.use({ role: 'viewer' });

  test('sees that none of it is theirs, and why', async ({ ui, page, sekisho }) => {
    const [agent] = await machines(ui, sekisho, 1);
    for (const kind of KINDS) {
      await ui.open(`/nodes/${agent!.id}`);
      const button = kind === 'deregister' ? 'deregister_this' : kind;
      await ui.expectForbidden(ui.button(`node_actions.${button}`).first(), `node_actions.${kind}_denied`);
      const form = new NodeForm(ui, kind);
      await form.open([agent!.id]);
      await expect(page.getByRole('main')).toContainText(ui.text(`node_actions.${kind}_denied`));
      await expect(form.submit).toHaveCount(0);
      const sent = { id: agent!.id, submission: crypto.randomUUID(), remove: 'x', iam_role: 'BB_Hybrid_Activation' };
      expect((await page.request.post(`/nodes/${kind}`, { form: sent })).status()).toBe(403);
    }
    expect(await sekisho.aws.node(agent!.id)).toBeDefined();
  });
});
