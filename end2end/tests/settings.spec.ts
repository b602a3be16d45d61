/** The Settings tab: the activation tier, what it is good for and costs, there and back. */
import type { Console } from '../support/console.ts';
import { expect, test } from '../support/test.ts';

// A console of its own: the tier holds for all of it.
test.use({ nodes: 5, role: 'admin' });

/** Waits until the page tells a tier and its status, by itself or, without script, when it is asked again. */
async function expectTier(ui: Console, tier: string, status: string): Promise<void> {
  await expect(async () => {
    if (!ui.script) {
      await ui.open('/nodes/settings');
    }
    await expect(ui.value('tier.tier')).toHaveText(tier, { timeout: ui.script ? 30_000 : 500 });
    await expect(ui.value('tier.status')).toHaveText(ui.text(status), { timeout: ui.script ? 30_000 : 500 });
  }).toPass({ intervals: [1_000], timeout: 60_000 });
}

test.describe('who may not change the tier', () => {
  test.use({ role: 'operator' });

  test('sees it with its reasons and its price, and why not', async ({ ui, page, sekisho }) => {
    await expect(async () => {
      await ui.open('/nodes');
      await expect(ui.title).toContainText(String(sekisho.nodes), { timeout: 500 });
    }).toPass();
    await page.getByRole('main').getByRole('link', { name: ui.text('nodes.settings') }).click();
    await expect(page).toHaveURL('/nodes/settings');
    await expectTier(ui, ui.text('tier.standard_instances'), 'tier.status_default');
    for (const reason of ['tier.reason_session', 'tier.reason_patch']) {
      await expect(page.getByRole('listitem').filter({ hasText: ui.text(reason) })).toContainText(
        ui.text('tier.not_possible'),
      );
    }
    await ui.expectForbidden(ui.button('tier.change_up'), 'tier.change_denied');
    await expect(page.getByRole('paragraph').filter({ hasText: ui.text('tier.change_denied') })).toBeVisible();

    const hybrid = Number(/\d+/.exec(await ui.value('tier.hybrid_nodes').innerText())?.[0]);
    expect(hybrid).toBeGreaterThan(0);
    const month = page.getByRole('row').filter({ hasText: ui.text('tier.cost_month') });
    await expect(month).toContainText(ui.text('tier.cost_sum', { nodes: hybrid, price: '0.00695', hours: 730 }));
    // In hundred-thousandths, so that no float is in it; half up.
    const cents = Math.floor((hybrid * 730 * 695 + 500) / 1000);
    const amount = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
    await expect(month).toContainText(ui.text('tier.usd', { amount }));
  });

  test('is refused past the page too', async ({ ui, page, sekisho }) => {
    const answer = await page.request.post('/nodes/settings/tier?to=advanced', { form: { consent: 'yes' } });
    expect(answer.status()).toBe(403);
    await ui.open('/nodes/settings/tier?to=advanced');
    await expect(ui.title).toHaveText(ui.text('layout.change_tier'));
    await expect(page.getByRole('main')).toContainText(ui.text('tier.change_denied'));
    await expect(page.getByRole('checkbox')).toHaveCount(0);
    expect((await sekisho.aws.tier()).value).toBe('standard');
  });
});

test('the tier goes up with consent, and back under its conditions @japanese', async ({ ui, page, problems, sekisho }) => {
  test.setTimeout(150_000);
  problems.expectStatus(422);
  await ui.open('/nodes/settings');
  await ui.link('tier.change_up').click();
  await expect(ui.title).toHaveText(ui.text('tier.confirm_up'));
  await ui.ready();
  await ui.button('tier.change').click();
  const consent = page.getByRole('checkbox', { name: ui.text('tier.consent_up') });
  await ui.expectError(consent, 'errors.accepted');
  expect((await sekisho.aws.tier()).value, 'nothing without consent').toBe('standard');

  await consent.check();
  await ui.button('tier.change').click();
  await expect(page).toHaveURL(/\/nodes\/settings(\?|$)/);
  await expect(page.getByText(ui.text('layout.tier_change_requested'))).toBeVisible();
  const advanced = ui.text('tier.advanced_instances');
  await expect(ui.value('tier.status')).toHaveText(ui.text('tier.status_pending'));
  await expect(ui.value('tier.tier')).toHaveText(ui.text('tier.pending_badge', { tier: advanced }));
  await ui.expectForbidden(ui.button('tier.change_back'), 'tier.change_pending');
  expect((await sekisho.aws.tier()).status).toBe('PendingUpdate');
  await expectTier(ui, advanced, 'tier.status_customized');
  await expect(page.getByRole('listitem').filter({ hasText: ui.text('tier.reason_session') })).toContainText(
    ui.text('tier.possible'),
  );

  await ui.link('tier.change_back').click();
  await expect(ui.title).toHaveText(ui.text('tier.confirm_back'));
  await ui.ready();
  await expect(page.getByText(ui.texts.within('tier.condition_met'))).toBeVisible();
  await expect(page.getByText(ui.text('tier.lost_session'))).toBeVisible();
  await page.getByRole('checkbox', { name: ui.text('tier.consent_back') }).check();
  await ui.button('tier.change').click();
  await expect(ui.value('tier.status')).toHaveText(ui.text('tier.status_pending'));
  await expectTier(ui, ui.text('tier.standard_instances'), 'tier.status_default');
  expect(await sekisho.aws.tier()).toEqual({ value: 'standard', status: 'Default' });

  await ui.open('/nodes/settings/tier?to=standard');
  await expect(ui.title).toHaveText(ui.text('layout.change_tier'));
  await expect(page.getByText(ui.text('tier.already_standard'))).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await ui.link('tier.back_to_settings').click();
  await expect(page).toHaveURL('/nodes/settings');
});
