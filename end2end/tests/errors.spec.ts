/** AWS cannot be reached: the console says so, keeps what was typed, and goes on when AWS is back. Nodes: nodes-backend.spec.ts. */
import { CreateForm } from '../support/create-form.ts';
import { expect, test } from '../support/test.ts';

// A console of its own: while AWS is away, no other test could go on.
test.use({ nodes: 3 });

test('what AWS is needed for fails readably, costs nothing that was typed, and goes on once AWS is back @aws', async ({ ui, page, context, problems, sekisho }) => {
  test.setTimeout(120_000);
  problems.expectStatus(503);
  const wanted = { description: 'while AWS is away', limit: '3', name: 'patient', role: 'BB_Hybrid_Activation' };
  const form = new CreateForm(ui);
  await form.open();
  await form.fill(wanted);
  await sekisho.stopEmulator();
  await form.submit.click();
  await expect(page.getByText(ui.text('errors.unreachable'))).toBeVisible({ timeout: 30_000 });
  await form.expectToHold(wanted);

  const list = ui.on(await context.newPage());
  await list.open('/activations');
  await expect(list.page.getByText(ui.text('errors.unreachable'))).toBeVisible();
  await expect(list.button('common.retry').or(list.link('common.retry')).first()).toBeVisible();

  await sekisho.startEmulator();
  // AWS is asked again after twice the time with each failure, up to 30 seconds.
  await expect(list.page.getByRole('table'), 'the list comes back by itself').toBeVisible({ timeout: 60_000 });
  await form.submit.click();
  await expect(page.getByText(ui.text('activations.success_title'))).toBeVisible({ timeout: 30_000 });
  expect(await sekisho.aws.activationsDescribedAs(wanted.description)).toHaveLength(1);
});
