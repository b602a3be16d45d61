/** One node: what it is, how to find its machine, and what to do when it is silent. */
import { REGION } from '../support/aws.ts';
import { EC2_INSTANCE, machines } from '../support/nodes.ts';
import { expect, test } from '../support/test.ts';

test('the page tells the node, its activation, its role and its tags', async ({ ui, page, sekisho }) => {
  const [agent] = await machines(ui, sekisho, 1, {
    DefaultInstanceName: 'told-in-detail',
    Tags: [{ Key: 'stage', Value: 'test' }],
  });
  await agent!.report({ computerName: 'detail.example.com' });
  await expect(async () => {
    await ui.open(`/nodes/${agent!.id}`);
    await expect(ui.value('nodes.computer_name')).toHaveText('detail.example.com', { timeout: 500 });
  }).toPass();
  await expect(ui.title).toHaveText('told-in-detail');
  await expect(ui.value('nodes.node_id')).toContainText(agent!.id);
  await expect(ui.value('nodes.operating_system')).toHaveText('Debian GNU/Linux 12');
  await expect(ui.value('nodes.iam_role')).toHaveText('BB_Hybrid_Activation');
  await expect(ui.value('nodes.ip_address')).toContainText('192.0.2.44');
  await expect(ui.value('nodes.ping_status')).toContainText(ui.text('nodes.ping_online'));
  await expect(page.getByRole('term').filter({ hasText: 'stage' })).toBeVisible();
  await ui.value('nodes.activation_id').getByRole('link').click();
  await expect(page).toHaveURL(/\/activations\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('main')).toContainText(agent!.id);
});

test('what the node reports appears by itself @script', async ({ ui, page, sekisho }) => {
  const [agent] = await machines(ui, sekisho, 1);
  await ui.open(`/nodes/${agent!.id}`);
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  await agent!.report({ computerName: 'appeared.example.com' });
  await expect(ui.value('nodes.computer_name')).toHaveText('appeared.example.com');
  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
});

test('the commands are those of the machine\'s system', async ({ ui, page, sekisho }) => {
  const [agent] = await machines(ui, sekisho, 1);
  await agent!.report({ computerName: 'commands.example.com', platformName: 'Ubuntu', platformVersion: '24.04' });
  const code = (text: string) => page.locator('pre').filter({ hasText: text });
  await expect(async () => {
    await ui.open(`/nodes/${agent!.id}`);
    await expect(ui.value('nodes.operating_system')).toHaveText('Ubuntu 24.04', { timeout: 500 });
  }).toPass();
  await expect(code('/snap/amazon-ssm-agent/current/ssm-cli get-instance-information')).toBeVisible();
  const file = ui.text('node.identify_file', { file: '/var/lib/amazon/ssm/registration' });
  await expect(page.getByText(file), 'once for both ways to install the agent').toHaveCount(1);
  await expect(page.getByText(ui.text('node.anew_failed'))).toBeVisible();
  await expect(code('-register -clear').first()).toContainText(`-region '${REGION}'`);
  await expect(code('Stop-Service')).toHaveCount(0);
});

test('a machine that has registered anew is likely the same', async ({ ui, page, sekisho }, info) => {
  const computerName = `twin-${info.project.name}.example.com`;
  const [former, present] = await machines(ui, sekisho, 2);
  await former!.report({ computerName });
  await present!.report({ computerName });
  const similar = page.getByRole('region', { name: ui.text('node.similar') });
  await expect(async () => {
    await ui.open(`/nodes/${present!.id}`);
    await expect(similar.getByRole('link', { name: former!.id })).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(similar.getByRole('row').filter({ hasText: former!.id })).toContainText(ui.text('node.similar_both'));
  await similar.getByRole('link', { name: former!.id }).click();
  await expect(page).toHaveURL(`/nodes/${former!.id}`);
  await expect(similar).toContainText(present!.id);
});

test('what to check when the connection is lost is there before it is', async ({ ui, page, sekisho }) => {
  const [agent] = await machines(ui, sekisho, 1);
  await agent!.report({ computerName: 'checked.example.com' });
  await ui.open(`/nodes/${agent!.id}`);
  await ui.expand(ui.text('node.lost_if'));
  await expect(page.getByText(ui.text('node.lost_machine'))).toBeVisible();
  await expect(page.locator('pre').filter({ hasText: `https://ssm.${REGION}.amazonaws.com` }).first()).toBeVisible();
});

test('an EC2 instance has its page, and what is not for it says why', async ({ ui, page }) => {
  await ui.open(`/nodes/${EC2_INSTANCE}`);
  await expect(ui.value('nodes.source_type')).toContainText('EC2');
  await expect(ui.value('nodes.architecture')).toHaveText('x86_64');
  for (const kind of ['deregister', 'role', 'tags']) {
    const button = kind === 'deregister' ? 'deregister_this' : kind;
    await ui.expectForbidden(ui.button(`node_actions.${button}`), `node_actions.${kind}_not_hybrid`);
  }
  await expect(page.getByRole('paragraph').filter({ hasText: ui.text('node_actions.tags_not_hybrid') })).toBeVisible();
  await expect(page.getByText(ui.text('node.anew_run'))).toHaveCount(0);
});

test('a node that is not there says so, and leads back', async ({ ui, page, problems }) => {
  problems.expectStatus(404);
  const answer = await page.goto('/nodes/mi-0123456789abcdef0');
  expect(answer?.status()).toBe(404);
  await ui.ready();
  await expect(page.getByRole('main')).toContainText(ui.text('node.not_found'));
  await ui.link('node.back_to_list').click();
  await expect(page).toHaveURL('/nodes');
});
