/** Estimates that are kept: saved, opened by others, compared, deleted. */
import { CostCalculator } from '../support/calculator.ts';
import type { Role } from '../support/sekisho.ts';
import { expect, test } from '../support/test.ts';

/** A name of this test's own: the consoles' databases outlive a test. */
let name: string;
test.beforeEach(({}, info) => {
  name = `${info.title.split(' ').slice(0, 4).join(' ')} ${info.project.name} ${info.workerIndex}-${info.retry}`;
});

const EXAMPLE = '?period=10&unit=days&nodes.1=500&tier.2=advanced&nodes.2=1500';

test('a saved estimate is opened by a viewer', async ({ ui, another }) => {
  const costs = new CostCalculator(ui, 'hybrid-activations');
  await costs.open(EXAMPLE);
  await costs.saveAs(name);
  const viewer = new CostCalculator(ui.on(await another('viewer')), 'hybrid-activations');
  await viewer.ui.open(`/costs/estimates?q=${encodeURIComponent(name)}`);
  await expect(viewer.ui.row(name)).toContainText('2,502.00 USD');
  await expect(viewer.ui.row(name)).toContainText('operator');
  await viewer.ui.page.getByRole('link', { name, exact: true }).click();
  await expect(viewer.figure('total')).toContainText('2,502.00 USD');
  await expect(viewer.field('name')).toHaveValue(name);
});

test('a name that is taken is told at its field, and can be replaced', async ({ ui, problems }) => {
  problems.expectStatus(422);
  const costs = new CostCalculator(ui, 'hybrid-activations');
  await costs.open(EXAMPLE);
  await costs.saveAs(name);
  await costs.open('?tier.1=advanced&nodes.1=10');
  await costs.field('name').fill(name.toUpperCase());
  await costs.save.click();
  await ui.expectError(costs.field('name'), 'errors.name_taken');
  await expect(costs.placeField(1, 'nodes')).toHaveValue('10');
  await expect(costs.figure('total')).toContainText('50.04 USD');
  await ui.page.getByLabel(ui.text('costs.replace')).check();
  await costs.saveAs(name.toUpperCase());
  await ui.open(`/costs/estimates?q=${encodeURIComponent(name)}`);
  await expect(ui.page.getByRole('rowheader')).toHaveCount(1);
  await expect(ui.row(name.toUpperCase())).toContainText('50.04 USD');
});

test('saving asks for a name', async ({ ui, problems }) => {
  problems.expectStatus(422);
  const costs = new CostCalculator(ui, 'distributor');
  await costs.open();
  await costs.save.click();
  await ui.expectError(costs.field('name'), 'errors.required');
});

test('estimates stand side by side', async ({ ui, page }) => {
  const hybrid = new CostCalculator(ui, 'hybrid-activations');
  await hybrid.open(EXAMPLE);
  await hybrid.saveAs(`${name} A`);
  const distributor = new CostCalculator(ui, 'distributor');
  await distributor.open('?aws_nodes.1=100&outside_nodes.1=25&own_packages.1=2&size.1=100');
  await distributor.saveAs(`${name} B`);
  await ui.open(`/costs/estimates?q=${encodeURIComponent(name)}`);
  for (const one of ['A', 'B']) {
    await page.getByRole('checkbox', { name: ui.text('costs.select_named', { name: `${name} ${one}` }) }).check();
  }
  await ui.button('costs.compare').click();
  await expect(page).toHaveURL(/\/costs\/compare\?id=.+&id=/);
  const row = (key: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: ui.texts.pattern(`costs.${key}`) }) });
  await expect(row('total')).toContainText('2,502.00 USD');
  await expect(row('total')).toContainText('4.88 USD');
  await expect(row('per_node')).toContainText('0.0391 USD');
  await expect(row('difference')).toContainText(/[+-]2,497\.1158 USD/);
});

test('deleting asks first', async ({ ui, page }) => {
  const costs = new CostCalculator(ui, 'hybrid-activations');
  await costs.open(EXAMPLE);
  await costs.saveAs(name);
  await ui.open(`/costs/estimates?q=${encodeURIComponent(name)}`);
  await ui.link('costs.delete_named', { name }).click();
  const question = page.getByRole(ui.script ? 'dialog' : 'main');
  await expect(question).toContainText(ui.text('costs.delete_question', { name }));
  await question.getByRole('button', { name: ui.texts.pattern('costs.delete') }).click();
  const told = ui.script ? ui.text('costs.deleted', { name }) : ui.text('layout.estimate_deleted');
  await expect(page.getByText(told)).toBeVisible();
  await ui.open(`/costs/estimates?q=${encodeURIComponent(name)}`);
  await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0);
});

test.describe('a viewer', () => {
  test.use({ role: 'viewer' as Role });

  test('sees that saving is not theirs, and why', async ({ ui, page }) => {
    const costs = new CostCalculator(ui, 'hybrid-activations');
    await costs.open(EXAMPLE);
    await ui.expectForbidden(costs.save, 'costs.save_denied');
    const answer = await page.request.post('/costs/hybrid-activations', { form: { name, 'nodes.1': '1' } });
    expect(answer.status()).toBe(403);
  });
});
