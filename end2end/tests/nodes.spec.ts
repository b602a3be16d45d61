/** The nodes: all of them, newest first, and live. */
import { expect, test } from '../support/test.ts';

test.use({ role: 'viewer' });

const COLUMNS = [
  'node_id', 'node_name', 'operating_system', 'source_type', 'ping_status', 'agent_version', 'computer_name', 'last_ping',
];

test('the list has its columns', async ({ ui }) => {
  await ui.open('/nodes');
  for (const column of COLUMNS) {
    await expect(ui.column(`nodes.${column}`)).toBeVisible();
  }
});

test('the fleet of the first start is there, by its names', async ({ ui, page, sekisho }) => {
  // Other tests register machines and deregister some: the account knows how many there are.
  await expect(async () => {
    await ui.open('/nodes');
    const known = (await sekisho.aws.nodes()).length;
    await expect(ui.title).toContainText(`(${known})`, { timeout: 1_000 });
  }).toPass({ timeout: 25_000 });
  await ui.open('/nodes?q=bb-');
  const row = (name: string) => page.getByRole('row').filter({ hasText: name });
  await expect(row('bb-ubuntu')).toContainText('Ubuntu');
  await expect(row('bb-windows-server')).toContainText('Windows Server');
  await expect(row('bb-ec2-al2023')).toContainText('Amazon Linux');
  await expect(row('bb-ec2-al2023')).toContainText('EC2');
});

test('who registers last stands first, without a reload @script', async ({ ui, page, sekisho }) => {
  await ui.open('/nodes');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  const { id, code } = await sekisho.aws.createActivation({ DefaultInstanceName: 'newcomer' });
  const agent = await sekisho.register(id, code);
  await agent.report({ computerName: 'newcomer.example.com', platformName: 'Rocky Linux', platformVersion: '9.5' });
  const first = page.getByRole('row').nth(1);
  await expect(first).toContainText(agent.id);
  await expect(first).toContainText('newcomer');
  await expect(first).toContainText('Rocky Linux 9.5');
  await expect(first).toContainText('newcomer.example.com');
  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
});

test('who stops beating is shown as lost @script', async ({ ui, page, sekisho }) => {
  // Some simulated nodes fall silent after their first report; the stand-in gives them a minute and a half.
  test.setTimeout(150_000);
  const lost = async () => (await sekisho.aws.nodes()).some(({ PingStatus }) => PingStatus === 'ConnectionLost');
  await expect.poll(lost, { intervals: [1_000], timeout: 120_000 }).toBe(true);
  await expect(async () => {
    await ui.open('/nodes');
    await expect(page.getByRole('cell', { name: ui.texts.within('nodes.ping_lost') }).first()).toBeVisible({ timeout: 500 });
  }).toPass();
});
