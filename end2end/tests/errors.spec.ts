/** AWS cannot be reached: the console says so, keeps what was typed and what it knew, and goes on when AWS is back. */
import { CreateForm } from '../support/create-form.ts';
import { expect, test } from '../support/test.ts';

// A console of their own: while AWS is away, no other test could go on.
test.use({ nodes: 3 });
test.describe.configure({ mode: 'serial' });

test('creating fails readably, costs nothing that was typed, and works once AWS is back @aws', async ({ ui, page, problems, sekisho }) => {
  problems.expectStatus(503);
  const wanted = { description: 'while AWS is away', limit: '3', name: 'patient', role: 'BB_Hybrid_Activation' };
  const form = new CreateForm(ui);
  await form.open();
  await form.fill(wanted);
  await sekisho.stopEmulator();
  await form.submit.click();
  await expect(page.getByText(ui.text('errors.unreachable'))).toBeVisible({ timeout: 30_000 });
  await form.expectToHold(wanted);

  await sekisho.startEmulator();
  await form.submit.click();
  await expect(page.getByText(ui.text('activations.success_title'))).toBeVisible({ timeout: 30_000 });
  expect(await sekisho.aws.activationsDescribedAs(wanted.description)).toHaveLength(1);
});

test('the nodes that were known stay, with a word on how old they are @aws', async ({ ui, page, problems, sekisho }) => {
  test.setTimeout(120_000);
  problems.expectStatus(503);
  await ui.open('/nodes');
  await expect(page.getByRole('row').filter({ hasText: 'bb-ubuntu' })).toBeVisible();
  await sekisho.stopEmulator();
  await expect(async () => {
    await ui.open('/nodes');
    await expect(page.getByText(ui.texts.within('nodes.stale'))).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 25_000 });
  await expect(page.getByRole('row').filter({ hasText: 'bb-ubuntu' })).toBeVisible();

  await ui.open('/activations');
  await expect(page.getByText(ui.text('errors.unreachable'))).toBeVisible();
  await expect(ui.button('common.retry').or(ui.link('common.retry')).first()).toBeVisible();
  await sekisho.startEmulator();
  // AWS is asked again after twice the time with each failure, up to 30 seconds.
  await expect(page.getByRole('table'), 'the list comes back by itself').toBeVisible({ timeout: 60_000 });
});
