/** AWS cannot be reached: the console says so, keeps what was typed and what it knew, and goes on when AWS is back. */
import { CreateForm } from '../support/create-form.ts';
import { Sekisho } from '../support/sekisho.ts';
import { expect, test } from '../support/test.ts';

let own: Sekisho;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  own = await Sekisho.start({ backend: 'aws', nodes: 3 });
});
test.afterAll(() => own.stop());
test.use({
  baseURL: async ({}, use) => use(own.url),
  storageState: async ({}, use) => use(await own.session('operator')),
});

test('creating fails readably, costs nothing that was typed, and works once AWS is back @aws', async ({ ui, page, problems }) => {
  problems.expectStatus(503);
  const wanted = { description: 'while AWS is away', limit: '3', name: 'patient', role: 'BB_Hybrid_Activation' };
  const form = new CreateForm(ui);
  await form.open();
  await form.fill(wanted);
  await own.stopEmulator();
  await form.submit.click();
  await expect(page.getByText(ui.text('errors.unreachable'))).toBeVisible({ timeout: 30_000 });
  await form.expectToHold(wanted);

  await own.startEmulator();
  await form.submit.click();
  await expect(page.getByText(ui.text('activations.success_title'))).toBeVisible({ timeout: 30_000 });
  expect(await own.aws.activationsDescribedAs(wanted.description)).toHaveLength(1);
});

test('the nodes that were known stay, with a word on how old they are @aws', async ({ ui, page, problems }) => {
  problems.expectStatus(503);
  await ui.open('/nodes');
  await expect(page.getByRole('row').filter({ hasText: 'bb-ubuntu' })).toBeVisible();
  await own.stopEmulator();
  await expect(async () => {
    await ui.open('/nodes');
    await expect(page.getByText(ui.texts.within('nodes.stale'))).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 25_000 });
  await expect(page.getByRole('row').filter({ hasText: 'bb-ubuntu' })).toBeVisible();

  await ui.open('/activations');
  await expect(page.getByText(ui.text('errors.unreachable'))).toBeVisible();
  await own.startEmulator();
  await ui.button('common.retry').or(ui.link('common.retry')).first().click();
  await expect(page.getByRole('table')).toBeVisible();
});
