/** The way back to the standard tier with more nodes than it admits. */
import { Agent } from '../support/agent.ts';
import { expect, test } from '../support/test.ts';

test.use({ nodes: 0, role: 'admin' });

test('above 1,000 hybrid nodes the page says so beforehand, and AWS in its own words @script @english', async ({ ui, page, sekisho }) => {
  test.setTimeout(120_000);
  await sekisho.aws.changeTier('advanced');
  await expect.poll(async () => (await sekisho.aws.tier()).status, { timeout: 60_000 }).toBe('Customized');
  for (const count of [1000, 1]) {
    const { id, code } = await sekisho.aws.createActivation({ RegistrationLimit: count });
    await Agent.registerMany(sekisho.awsUrl, id, code, count);
  }

  await ui.open('/nodes/settings');
  await expect(ui.value('tier.tier')).toHaveText(ui.text('tier.advanced_instances'), { timeout: 30_000 });
  await expect(ui.value('tier.hybrid_nodes')).toContainText('1,001', { timeout: 30_000 });
  await ui.expectForbidden(ui.button('tier.change_back'), 'tier.change_too_many');
  await ui.open('/nodes/settings/tier?to=standard');
  await expect(page.getByText(ui.text('tier.condition_not_met', { count: '1,001', excess: 1 }))).toBeVisible();

  const refused = await page.request.post('/nodes/settings/tier?to=standard', { form: { consent: 'yes' } });
  expect(refused.status()).toBe(502);
  const words = await refused.text();
  expect(words).toContain('1001 are registered');
  expect(words).toContain('ValidationException');
  expect((await sekisho.aws.tier()).value).toBe('advanced');
});
