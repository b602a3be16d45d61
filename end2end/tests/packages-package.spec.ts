/** One package: what it holds, its versions, with whom it is shared, which nodes it covers, and its end. */
import type { Role } from '../support/sekisho.ts';
import { publish, sha256, version } from '../support/packages.ts';
import { expectNothingSerious } from '../support/serious.ts';
import { expect, test } from '../support/test.ts';

/** A name of this test's own: the consoles' databases outlive a test. */
let name: string;
test.beforeEach(({}, info) => {
  name = `${info.title.split(' ').slice(0, 3).join('-')}-${info.project.name}-${info.workerIndex}-${info.retry}`;
});

test.describe('a publisher', () => {
  test.use({ role: 'admin' as Role });

  test('looks at a package, tags it and chooses another default', async ({ ui, page, sekisho, problems }) => {
    test.setTimeout(90_000);
    const versions = [version('1.0', ['ubuntu']), version('2.0', ['ubuntu', 'amazon'])];
    const [one] = versions;
    await publish(sekisho, name, versions);
    await ui.open(`/packages/${name}`);
    await expect(ui.value('packages.default_version')).toHaveText('1.0');
    await expect(ui.row('ubuntu')).toContainText(sha256(one!.file.content));
    const link = await ui.row('ubuntu').getByRole('link', { name: 'tool.zip' }).getAttribute('href');
    expect(await (await page.request.get(link!)).body()).toEqual(one!.file.content);

    await ui.link('packages.edit_tags').click();
    if (ui.script) {
      await ui.button('common.tag_add').click();
    }
    const key = page.getByLabel(ui.texts.pattern('common.tag_key_row', { row: 1 }));
    await key.fill('aws:team');
    problems.expectStatus(422);
    await ui.button('packages.save').click();
    await ui.expectError(key, 'errors.reserved_prefix');
    await expectNothingSerious(ui, 'the tags');
    // Who cancels begins anew, on the same page: one that is loaded instead takes no clicks before its code has come.
    await ui.ready();
    await ui.link('common.cancel').click();
    await expect(key).toHaveCount(0);
    await ui.link('packages.edit_tags').click();
    if (ui.script) {
      await ui.button('common.tag_add').click();
    }
    await expect(key).toHaveValue('');
    await key.fill('team');
    await page.getByLabel(ui.texts.pattern('common.tag_value_row', { row: 1 })).fill('web');
    await ui.button('packages.save').click();
    await expect(page.getByText(ui.text('layout.package_tags_changed'))).toBeVisible();
    await expect(page.getByRole('term').filter({ hasText: /^team$/ })).toBeVisible();

    await ui.link('packages.versions').click();
    await expect(page.getByText(ui.text('packages.versions_of', { count: 2, max: 25 }))).toBeVisible();
    await ui.expectForbidden(ui.row('1.0').getByRole('button', { name: ui.texts.pattern('packages.delete_version') }), 'packages.default_stays');
    await ui.link('packages.set_default_named', { version: '2.0' }).click();
    await expect(page.getByRole('main')).toContainText(ui.text('packages.default_way_back', { version: '1.0' }));
    await ui.button('packages.set_default').click();
    await expect(page.getByText(ui.text('layout.package_default_changed'))).toBeVisible();
    await expect(ui.row('2.0').first()).toContainText(ui.text('packages.yes'));

    await ui.button('packages.compare_show').click();
    await expect(ui.row('amazon').first()).toContainText(ui.text('packages.change_added'));
    await expect(ui.row('ubuntu').first()).toContainText(ui.text('packages.change_changed'));
    await expect(page.getByRole('row').filter({ hasText: '+' }).first()).toBeVisible();
  });

  test('shares a package and deletes it', async ({ ui, page, sekisho, problems }) => {
    test.setTimeout(90_000);
    problems.expectStatus(422);
    problems.expectStatus(502);
    // The page hears of the deletion before it is left, and asks once more.
    problems.expectStatus(404);
    await publish(sekisho, name, [version('1.0', ['ubuntu'])]);
    await ui.open(`/packages/${name}/permissions`);
    await expect(page.getByText(ui.text('packages.private'))).toBeVisible();
    await ui.link('packages.edit').click();
    await page.getByLabel(ui.text('packages.option_shared'), { exact: true }).check();
    await ui.field('packages.accounts_add').fill('1111-2222');
    await ui.button('packages.save').click();
    await ui.expectError(ui.field('packages.accounts_add'), 'errors.account_id');
    await expectNothingSerious(ui, 'the permissions');
    await ui.field('packages.accounts_add').fill('1111-2222-3333, 444455556666');
    await ui.button('packages.save').click();
    await expect(page.getByRole('rowheader', { name: '444455556666' })).toBeVisible();
    await expect(ui.value('packages.arn')).toContainText(`:123456789012:document/${name}`);

    // While it is shared, AWS refuses to delete it, and says so.
    await ui.link('packages.delete_package').click();
    await ui.field('packages.confirmation').fill(name);
    await ui.button('packages.delete_package').click();
    await expect(page.getByRole('alert').filter({ hasText: 'stop sharing' })).toBeVisible();
    await expect(ui.field('packages.confirmation')).toHaveValue(name);

    await ui.open(`/packages/${name}/permissions/edit`);
    await page.getByLabel(ui.text('packages.option_private'), { exact: true }).check();
    await ui.button('packages.save').click();
    await expect(page.getByText(ui.text('packages.private'))).toBeVisible();

    await ui.link('packages.delete_package').click();
    await ui.field('packages.confirmation').fill('something else');
    await ui.button('packages.delete_package').click();
    await ui.expectError(ui.field('packages.confirmation'), 'errors.exactly', { text: name });
    await expectNothingSerious(ui, 'the question before deleting');
    await ui.field('packages.confirmation').fill(name);
    await ui.button('packages.delete_package').click();
    await expect(page.getByText(ui.text('layout.package_deleted'))).toBeVisible();
    await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0);
  });
});

test('coverage tells each node\'s file, or its agent\'s error', async ({ ui, page, sekisho }) => {
  await publish(sekisho, name, [version('1.0', ['ubuntu', 'windows'])]);
  await ui.open(`/packages/${name}/coverage`);
  const count = (key: string) => page.getByRole('navigation', { name: ui.text('packages.coverage_counts') })
    .getByRole('link').filter({ hasText: ui.text(`packages.${key}`) });
  await count('not_covered').click();
  await expect(page).toHaveURL(/show=not-covered/);
  const first = page.getByRole('row').nth(1);
  await expect(first).toContainText('failed to find platform: no manifest found for platform:');
  await count('covered').first().click();
  await expect(page).toHaveURL(/show=covered/);
  await expect(page.getByRole('row').nth(1)).toContainText('tool.zip');
  await page.getByRole('rowheader').first().getByRole('link').click();
  await expect(page).toHaveURL(/\/nodes\/m?i-/);
});

test('another version is shown of the same nodes', async ({ ui, page, sekisho }) => {
  await publish(sekisho, name, [version('1.0', ['ubuntu']), version('2.0', ['windows'])]);
  await ui.open(`/packages/${name}/coverage?show=not-covered&q=i-`);
  await page.getByLabel(ui.text('packages.version'), { exact: true }).selectOption('2');
  await ui.button('packages.show').click();
  await expect(page).toHaveURL(/version=2/);
  await expect(page).toHaveURL(/show=not-covered/);
  await expect(page).toHaveURL(/q=i-/);
});

test.describe('a viewer', () => {
  test.use({ role: 'viewer' as Role });

  test('reads packages and is told what is not theirs', async ({ ui, page, sekisho }) => {
    await publish(sekisho, name, [version('1.0', ['ubuntu'])]);
    await ui.open(`/packages/${name}`);
    await ui.expectForbidden(ui.button('packages.delete_package'), 'packages.denied_role');
    await ui.expectForbidden(ui.button('packages.edit_tags'), 'packages.denied_role');
    await ui.expectForbidden(page.getByRole('button', { name: 'tool.zip' }), 'packages.download_denied');
    const file = await page.request.get(`/packages/${name}/file?version=1&file=tool.zip`);
    expect(file.status()).toBe(403);
    await ui.open(`/packages/${name}/delete`);
    await expect(page.getByRole('main')).toContainText(ui.text('packages.denied_role'));
    await expect(ui.button('packages.delete_package')).toHaveCount(0);
  });
});
