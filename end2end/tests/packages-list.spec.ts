/** The list of packages: tabs, cards and table, and what can be looked for. */
import { publish, version } from '../support/packages.ts';
import { expect, test } from '../support/test.ts';

test('packages stand in the tab of their owner, as cards or as a table', async ({ ui, page }) => {
  await ui.open('/packages?owner=amazon');
  await expect(ui.title).toContainText(ui.text('packages.title'));
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'AmazonCloudWatchAgent' }) });
  await expect(card).toContainText(ui.text('packages.status_active'));
  await expect(card).toContainText('1.300049.1');
  await expect(card).toContainText('Linux, Windows');

  await ui.link('packages.third_party').click();
  await expect(page).toHaveURL(/owner=third-party/);
  await expect(page.getByRole('link', { name: 'DynatraceOneAgent' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'AmazonCloudWatchAgent' })).toHaveCount(0);

  await ui.link('packages.table').click();
  for (const column of ['name', 'owner', 'platforms', 'default_version', 'created', 'status']) {
    await expect(ui.column(`packages.${column}`)).toBeVisible();
  }
  await ui.filter('falcon');
  await expect(page.getByRole('rowheader')).toHaveCount(2);
  await expect(ui.column('packages.name'), 'the usual order is said').toHaveAttribute('aria-sort', 'ascending');
  await ui.column('packages.name').getByRole('link').click();
  await expect(page).toHaveURL(/sort=name&desc=1/);
  await expect(page.getByRole('rowheader').first()).toContainText('FalconSensor-Windows');

  await ui.link('packages.all').click();
  await expect(page).toHaveURL(/owner=all/);
  await ui.link('packages.shared_with_me').click();
  await expect(page.getByRole('rowheader')).toHaveCount(0);
  await ui.link('table.clear_filter').first().click();
  await page.getByRole('link', { name: 'Corporate-Proxy-Certificates' }).click();
  await expect(ui.title).toHaveText('Corporate-Proxy-Certificates');
  await expect(ui.value('packages.owner')).toContainText('210987654321');
});

test('packages of one\'s own are found by tag', async ({ ui, page, sekisho }, info) => {
  const name = `tagged-${info.project.name}-${info.workerIndex}-${info.retry}`;
  await publish(sekisho, name, [version('1.0', ['ubuntu'])]);
  await sekisho.aws.ssm('AddTagsToResource', {
    ResourceType: 'Document', ResourceId: name, Tags: [{ Key: 'team', Value: name }],
  });
  await expect(async () => {
    await ui.open(`/packages?tag=team%3D${name}&view=table`);
    await expect(page.getByRole('rowheader')).toHaveText([name], { timeout: 500 });
  }).toPass();
  await expect(page.getByLabel(ui.text('packages.any_tag'))).toHaveValue(`team=${name}`);
});
