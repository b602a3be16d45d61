/** One activation: what it is, who joined by it, what to do when joining fails. */
import { expect, test } from '../support/test.ts';

/** What the agent prints when it is refused, in its own words. */
const AGENT_ERRORS = ['InvalidActivation', 'ActivationExpired', 'RegistrationLimitExceeded', 'InvalidPublicKey', 'InstanceAlreadyRegistered'];

test('the page tells the activation, its nodes and its tags', async ({ ui, page, sekisho }) => {
  const { id, code } = await sekisho.aws.createActivation({
    Description: 'told in detail',
    DefaultInstanceName: 'in-detail',
    RegistrationLimit: 5,
    Tags: [{ Key: 'stage', Value: 'test' }],
  });
  const agent = await sekisho.register(id, code);
  await agent.report({ computerName: 'detail.example.com' });
  await expect(async () => {
    await ui.open(`/activations/${id}`);
    await expect(page.getByText(agent.id)).toBeVisible({ timeout: 500 });
  }).toPass();
  for (const text of [id, 'told in detail', 'in-detail', 'BB_Hybrid_Activation', 'stage']) {
    await expect(page.getByRole('main')).toContainText(text);
  }
  await expect(page.getByRole('main')).toContainText(ui.text('activations.registered_of', { count: 1, limit: 5 }));
});

test('a node that joins appears by itself @script', async ({ ui, page, sekisho }) => {
  const { id, code } = await sekisho.aws.createActivation({ RegistrationLimit: 2 });
  await ui.open(`/activations/${id}`);
  await expect(page.getByRole('main')).toContainText(ui.text('activations.registered_of', { count: 0, limit: 2 }));
  const agent = await sekisho.register(id, code);
  await expect(page.getByRole('main')).toContainText(agent.id);
  await expect(page.getByRole('main')).toContainText(ui.text('activations.registered_of', { count: 1, limit: 2 }));
});

test('each refusal of the agent has its cause and cure', async ({ ui, page, sekisho }) => {
  const { id } = await sekisho.aws.createActivation();
  await ui.open(`/activations/${id}`);
  const title = page.getByRole('heading', { name: ui.text('registration.troubles_title') });
  const refusals = title.locator('xpath=ancestor::section').locator('details');
  for (const error of AGENT_ERRORS) {
    await expect(refusals.filter({ hasText: error })).not.toHaveCount(0);
  }
  for (const refusal of await refusals.all()) {
    await refusal.locator('summary').click();
    await expect(refusal.getByRole('term')).toHaveText([ui.text('registration.cause'), ui.text('registration.cure')]);
    await expect(refusal.getByRole('definition')).toHaveText([/\S/, /\S/]);
  }
});

test('deleting leads back to the list and says so', async ({ ui, page, sekisho, problems }) => {
  // The page follows its activation, and may hear that it is gone before it is left.
  problems.expectStatus(404);
  const { id } = await sekisho.aws.createActivation({ Description: 'deleted from its page' });
  await ui.open(`/activations/${id}`);
  const confirmation = await ui.askToDelete(id);
  await confirmation.getByRole('button', { name: ui.text('activations.delete') }).click();
  await expect(page).toHaveURL(/\/activations(\?|$)/);
  await ui.expectDeleted(id);
  expect(await sekisho.aws.activationIds()).not.toContain(id);
});

test('one that is gone says so', async ({ ui, page, sekisho, problems }) => {
  problems.expectStatus(404);
  const { id } = await sekisho.aws.createActivation();
  await sekisho.aws.deleteActivation(id);
  const answer = await page.goto(`/activations/${id}`);
  expect(answer?.status()).toBe(404);
  await ui.ready();
  await expect(page.getByRole('main')).toContainText(ui.text('activations.not_found'));
});
