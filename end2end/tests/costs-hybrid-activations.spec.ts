/** What Hybrid Activations costs: to the last digit, with and without script. */
import { readFile } from 'node:fs/promises';
import { CostCalculator } from '../support/calculator.ts';
import { expect, test } from '../support/test.ts';

test.use({ role: 'viewer' });

test('the example of the seminar comes out as on its slide', async ({ ui }) => {
  const costs = new CostCalculator(ui, 'hybrid-activations');
  await costs.open();
  await ui.link('costs.from_example').click();
  await expect(costs.figure('total')).toContainText('2,502.00 USD');
  await expect(costs.amounts).toHaveText(['0.00 USD', '2,502.00 USD']);
  await expect(costs.lines).toContainText('1,500');
  await expect(costs.lines).toContainText('0.00695 USD');
  await expect(costs.placeField(1, 'nodes')).toHaveValue('500');
  await expect(costs.placeField(2, 'nodes')).toHaveValue('1500');
});

test('the live fleet fills the form', async ({ ui, sekisho, page }) => {
  const costs = new CostCalculator(ui, 'hybrid-activations');
  await costs.open();
  await expect(costs.placeField(1, 'account')).toHaveValue(/^\d{12}$/);
  await expect(costs.placeField(1, 'region')).toHaveValue('ap-northeast-1');
  const nodes = Number(await costs.placeField(1, 'nodes').inputValue());
  // Among the simulated machines is one EC2 instance, which is no hybrid node.
  expect(nodes).toBeGreaterThan(0);
  expect(nodes).toBeLessThan(sekisho.nodes + sekisho.registered);
  await ui.link('costs.from_fleet').click();
  await expect(page).toHaveURL(new RegExp(`nodes\\.1=${nodes}`));
});

test('figures move while one types, and the address with them @script @english', async ({ ui, page }) => {
  const costs = new CostCalculator(ui, 'hybrid-activations');
  await costs.open('?tier.1=advanced&nodes.1=1');
  await expect(costs.figure('total')).toContainText('5.00 USD');
  await costs.placeField(1, 'nodes').press('End');
  await costs.placeField(1, 'nodes').pressSequentially('0');
  await expect(costs.figure('total')).toContainText('50.04 USD');
  await costs.field('month_hours').fill('744');
  await expect(costs.figure('total')).toContainText('51.71 USD');
  await expect(costs.figure('total')).toContainText('51.708 USD');
  await expect(page).toHaveURL(/nodes\.1=10/);
  await expect(page).toHaveURL(/month_hours=744/);
  // The focus is where it was, and a reload shows the same.
  await expect(costs.field('month_hours')).toBeFocused();
  await page.reload();
  await expect(costs.figure('total')).toContainText('51.71 USD');
});

test('a link reproduces an estimate for somebody else', async ({ ui, page, another }) => {
  const costs = new CostCalculator(ui, 'hybrid-activations');
  await costs.open('?tier.1=advanced&nodes.1=7');
  await costs.placeField(1, 'nodes').fill('1234');
  await costs.placeField(1, 'account').fill('大阪 & Kobe');
  await costs.apply();
  await expect(costs.figure('total')).toContainText('6,174.94 USD');
  await expect(page).toHaveURL(/nodes\.1=1234/);
  const other = new CostCalculator(ui.on(await another('admin')), 'hybrid-activations');
  await other.ui.open(page.url());
  await expect(other.placeField(1, 'account')).toHaveValue('大阪 & Kobe');
  await expect(other.figure('total')).toContainText('6,174.94 USD');
});

test('accounts and Regions are added and removed', async ({ ui }) => {
  const costs = new CostCalculator(ui, 'hybrid-activations');
  await costs.open('?tier.1=advanced&nodes.1=1');
  await ui.button('costs.add_place').click();
  await costs.placeField(2, 'nodes').fill('1000');
  await costs.placeField(2, 'account').fill('B');
  await costs.apply();
  await expect(costs.figure('per_node')).toContainText('1,001');
  await expect(costs.amounts).toHaveText(['5.004 USD', '0.00 USD']);
  await ui.button('costs.remove_place_named', { number: 1 }).click();
  await expect(costs.amounts).toHaveText(['0.00 USD']);
  await expect(costs.placeField(1, 'account')).toHaveValue('B');
});

test('nonsense is told at its field, and nothing typed is lost', async ({ ui }) => {
  const costs = new CostCalculator(ui, 'hybrid-activations');
  await costs.open();
  await costs.placeField(1, 'nodes').fill('1001');
  await costs.field('period').fill('ten');
  await costs.field('price_advanced').fill('-1');
  await costs.field('rate').fill('150');
  await costs.apply();
  await ui.expectError(costs.placeField(1, 'nodes'), 'errors.standard_tier', { max: '1,000' });
  await ui.expectError(costs.field('period'), 'errors.range', { min: 1, max: 120 });
  await ui.expectError(costs.field('price_advanced'), 'errors.decimal', { min: 0, max: '1,000', places: 8 });
  await ui.expectError(costs.field('currency'), 'errors.required');
  await expect(ui.page.getByText(ui.text('costs.incomplete'))).toBeVisible();
  await expect(costs.field('period')).toHaveValue('ten');
  await expect(costs.figure('total')).toHaveCount(0);
  await costs.placeField(1, 'tier').selectOption('advanced');
  await costs.field('period').fill('１');
  await costs.field('price_advanced').fill('0.00695');
  await costs.field('rate').fill('');
  await costs.apply();
  await expect(costs.figure('total')).toContainText('5,009.00 USD');
});

test('one more month, and the thousand and first node @english', async ({ ui }) => {
  const costs = new CostCalculator(ui, 'hybrid-activations');
  await costs.open('?period=10&unit=days&nodes.1=500&tier.2=advanced&nodes.2=1500');
  const row = (key: string) => costs.whatIfs.getByRole('row').filter({ hasText: ui.text(`costs.${key}`) });
  await expect(row('change_month')).toContainText('+7,506.00 USD');
  await expect(row('change_above_standard')).toContainText('+1,669.668 USD');
  await expect(row('change_all_advanced')).toContainText('+834.00 USD');
  const chart = ui.page.getByRole('img', { name: ui.text('costs.tier_chart') });
  await expect(chart).toContainText(ui.text('costs.tier_chart_limit', { limit: '1,000' }));
  await expect(ui.page.getByRole('heading', { name: ui.text('costs.break_even') })).toBeVisible();
});

test('another currency and another price', async ({ ui }) => {
  const costs = new CostCalculator(ui, 'hybrid-activations');
  await costs.open('?period=10&unit=days&tier.1=advanced&nodes.1=1500');
  await costs.field('currency').fill('jpy');
  await costs.field('rate').fill('150.255');
  await costs.apply();
  await expect(costs.figure('in_currency')).toContainText('375,938 JPY');
  await costs.field('price_advanced').fill('0.007');
  await costs.apply();
  await expect(costs.figure('total')).toContainText('2,520.00 USD');
  await expect(ui.page.getByText(ui.text('costs.price_changed', { price: '0.00695' }))).toBeVisible();
});

test('the file has the lines of the calculation', async ({ ui, page }) => {
  const costs = new CostCalculator(ui, 'hybrid-activations');
  await costs.open('?period=10&unit=days&nodes.1=500&tier.2=advanced&nodes.2=1500');
  const [download] = await Promise.all([page.waitForEvent('download'), ui.link('costs.download_csv').click()]);
  expect(download.suggestedFilename()).toBe('costs-hybrid-activations.csv');
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
  expect(lines).toHaveLength(6);
  expect(lines[2]).toMatch(/× 0\.00695 USD .*,2502,USD$/);
});

test('an estimate is printed on one page @script @english', async ({ ui, page }) => {
  const costs = new CostCalculator(ui, 'hybrid-activations');
  await costs.open('?period=10&unit=days&nodes.1=500&tier.2=advanced&nodes.2=1500&currency=JPY&rate=150');
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});

test('a calculator needs no mouse @script @english', async ({ ui, page }) => {
  const costs = new CostCalculator(ui, 'hybrid-activations');
  await costs.open('?tier.1=advanced&nodes.1=1');
  await costs.placeField(1, 'nodes').focus();
  await page.keyboard.press('End');
  await page.keyboard.type('00');
  await page.keyboard.press('Enter');
  await expect(costs.figure('total')).toContainText('500.40 USD');
  await expect(costs.placeField(1, 'nodes')).toBeFocused();
  await ui.button('costs.add_place').focus();
  await page.keyboard.press('Enter');
  await expect(costs.place(2)).toBeVisible();
});
