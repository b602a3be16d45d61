/** What Distributor costs: to the last digit, with and without script. */
import { CostCalculator } from '../support/calculator.ts';
import { expect, test } from '../support/test.ts';

test.use({ role: 'viewer' });

test('the example of the seminar comes out as on its slide', async ({ ui }) => {
  const costs = new CostCalculator(ui, 'distributor');
  await costs.open();
  await ui.link('costs.from_example').click();
  await expect(costs.amounts).toHaveText(['0.00 USD', '0.0092 USD', '0.375 USD', '4.50 USD']);
  await expect(costs.figure('total')).toContainText('4.88 USD');
  await expect(costs.figure('total')).toContainText('4.8842 USD');
  await expect(costs.figure('per_node')).toContainText('0.0391 USD');
  await expect(costs.figure('per_node')).toContainText('125');
});

test('a gigabyte of 1,024 megabytes gives other figures @english', async ({ ui }) => {
  const costs = new CostCalculator(ui, 'distributor');
  await costs.open();
  await ui.link('costs.from_example').click();
  await expect(costs.placeField(1, 'aws_nodes')).toHaveValue('100');
  await costs.field('gigabyte').selectOption('1024');
  await costs.apply();
  await expect(costs.figure('total')).toContainText('4.778515625 USD');
});

test('twice the size, a check an hour, one more month @english', async ({ ui }) => {
  const costs = new CostCalculator(ui, 'distributor');
  await costs.open();
  await ui.link('costs.from_example').click();
  const row = (key: string) => costs.whatIfs.getByRole('row').filter({ hasText: ui.text(`costs.${key}`) });
  await expect(row('change_twice')).toContainText('+4.5092 USD');
  await expect(row('change_checks')).toContainText('+4.125 USD');
  await expect(row('change_month')).toContainText('+4.8842 USD');
});

test('figures move while one types @script @english', async ({ ui, page }) => {
  const costs = new CostCalculator(ui, 'distributor');
  await costs.open('?aws_nodes.1=100&outside_nodes.1=25&own_packages.1=2&size.1=100');
  await expect(costs.figure('total')).toContainText('4.88 USD');
  await costs.placeField(1, 'checks').fill('24');
  await expect(costs.figure('total')).toContainText('9.0092 USD');
  await expect(page).toHaveURL(/checks\.1=24/);
});

test('nonsense is told at its field', async ({ ui }) => {
  const costs = new CostCalculator(ui, 'distributor');
  await costs.open();
  await costs.placeField(1, 'size').fill('100 MB');
  await costs.placeField(1, 'outside_nodes').fill('');
  await costs.field('months').fill('0');
  await costs.apply();
  await ui.expectError(costs.placeField(1, 'size'), 'errors.decimal', { min: 0, max: '20,480', places: 3 });
  await ui.expectError(costs.placeField(1, 'outside_nodes'), 'errors.required');
  await ui.expectError(costs.field('months'), 'errors.range', { min: 1, max: 120 });
});

test('an estimate is printed on one page @script @english', async ({ ui, page }) => {
  const costs = new CostCalculator(ui, 'distributor');
  await costs.open('?aws_nodes.1=100&outside_nodes.1=25&own_packages.1=2&size.1=100&aws_packages.1=3');
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});
