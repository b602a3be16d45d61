/** Get started: five steps, for the Region, network and system in the address. */
import { expect, test } from '../support/test.ts';

test('the five steps are in the navigation and lead on', async ({ ui, page }) => {
  await ui.open('/');
  await ui.navigation.getByRole('link', { name: ui.text('layout.get_started') }).click();
  await expect(ui.title).toHaveText(ui.text('get_started.title'));
  for (const [index, step] of ['route', 'role', 'activation', 'agent', 'tier'].entries()) {
    const title = ui.text('get_started.step', { number: index + 1, title: ui.text(`get_started.${step}`) });
    await expect(page.getByRole('heading', { level: 2, name: title })).toBeVisible();
  }
  await page.getByRole('main').getByRole('link', { name: ui.text('overview.create') }).click();
  await expect(page).toHaveURL('/activations/new');
});

test('a link chooses Region, network and system', async ({ ui, page }) => {
  await ui.open('/get-started?network=vpc&region=mx-central-1&system=windows');
  const main = page.getByRole('main');
  await expect(main).toContainText('com.amazonaws.mx-central-1.ssmmessages');
  await expect(main).not.toContainText('ec2messages.mx-central-1');
  await expect(main).toContainText('aws ec2 create-vpc-endpoint --region');
  await expect(main).toContainText('amazon-ssm-mx-central-1.s3.mx-central-1.amazonaws.com/latest/windows_amd64/ssm-setup-cli.exe');
  const checks = page.getByRole('region', { name: ui.texts.within('get_started.check_label') });
  await expect(checks.first(), 'the check for the chosen system comes first').toHaveAccessibleName(/Windows/);
  await expect(ui.field('get_started.region')).toHaveValue('mx-central-1');
  await expect(ui.field('get_started.system')).toHaveValue('windows');

  await ui.link('get_started.over_internet').click();
  await expect(page).toHaveURL('/get-started?region=mx-central-1&network=internet&system=windows');
  await expect(main).toContainText('https://checkip.amazonaws.com/');
  await expect(main).not.toContainText('create-vpc-endpoint');
});

test('the Region is the console’s own until another is chosen', async ({ ui, page }) => {
  await ui.open('/get-started');
  const main = page.getByRole('main');
  await expect(main).toContainText('ssm.ap-northeast-1.amazonaws.com');
  const region = ui.field('get_started.region');
  await expect(region).toHaveValue('ap-northeast-1');
  await region.selectOption('cn-north-1');
  if (!ui.script) {
    await ui.button('get_started.apply').click();
  }
  await expect(page).toHaveURL(/region=cn-north-1/);
  await expect(main).toContainText('ssm.cn-north-1.amazonaws.com.cn');
  await expect(main).toContainText('arn:aws-cn:iam::aws:policy/AmazonSSMManagedInstanceCore');
});

test('each step says how far things are', async ({ ui, page }) => {
  await ui.open('/get-started');
  const heading = (number: number) => page.getByRole('main').getByRole('heading', { level: 2 }).nth(number - 1);
  const step = (number: number) => heading(number).locator('xpath=ancestor::section');
  await expect(step(2)).toContainText(ui.texts.within('get_started.role_others'));
  await expect(step(4)).toContainText(ui.texts.within('get_started.nodes_registered'));
  await expect(step(4)).toContainText('activation-code');
  await expect(step(5)).toContainText(ui.text('tier.standard_instances'));
  await expect(step(5)).toContainText(ui.texts.within('get_started.tier_fits'));
});

test('a check can be copied @script @english', async ({ ui, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await ui.open('/get-started?region=eu-west-1');
  const block = page.getByRole('region', { name: ui.texts.within('get_started.check_label', { shell: 'Linux' }) });
  await block.locator('xpath=..').getByRole('button', { name: ui.text('common.copy_code') }).click();
  await expect(page.getByText(ui.text('common.copied')).first()).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('ssmmessages.eu-west-1.amazonaws.com');
});

test.describe('a viewer', () => {
  test.use({ role: 'viewer' });

  test('sees why creating is not theirs', async ({ ui }) => {
    await ui.open('/get-started');
    await ui.expectForbidden(ui.button('overview.create'), 'overview.create_denied');
  });
});
