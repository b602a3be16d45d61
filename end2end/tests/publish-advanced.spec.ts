/** The advanced wizard: zips that lie in S3 already are checked where they are, and become a package. */
import type { Route } from '@playwright/test';
import { BUCKET, begin, bucket, check } from '../support/advanced.ts';
import { put, sha256 } from '../support/packages.ts';
import { expectNothingSerious } from '../support/serious.ts';
import { expect, test } from '../support/test.ts';
import { zip } from '../support/zips.ts';

test.use({ role: 'publisher' });

const SCRIPTS = { 'install.sh': 'dpkg -i tool.deb\nexit 0\n', 'uninstall.sh': 'dpkg -r tool\nexit 0\n' };

function manifest(files: Record<string, string>): string {
  const platforms = Object.keys(files).map((name, index) => [['ubuntu', 'debian'][index], { _any: { _any: { file: name } } }]);
  const sums = Object.entries(files).map(([name, sum]) => [name, { checksums: { sha256: sum } }]);
  const whole = {
    schemaVersion: '2.0',
    version: '1.0',
    packages: Object.fromEntries(platforms),
    files: Object.fromEntries(sums),
  };
  return JSON.stringify(whole, null, 2);
}

test('a wrong checksum is put right and the package created', async ({ ui, page, sekisho }, { project }) => {
  const name = `Advanced-${project.name}`;
  const tool = zip({ ...SCRIPTS, 'tool.deb': 'software' });
  const wrong = sha256(Buffer.from('another'));
  await bucket(sekisho, name, {
    'tool.zip': tool,
    'rest.zip': tool,
    'manifest.json': Buffer.from(manifest({ 'tool.zip': wrong })),
  });
  await begin(ui, name, name);
  // The manifest that lies there is in the editor.
  await expect(page.getByRole('main')).toContainText(ui.text('publish_check.fresh_extracted'));
  await ui.button('publish.next').click();
  await expect(page).toHaveURL(/\/check$/);
  await check(ui);
  const file = page.getByRole('region', { name: 'tool.zip' });
  await expect(file).toContainText(ui.text('publish_check.hash_differs', { actual: sha256(tool), expected: wrong }));
  await expect(page.getByRole('region', { name: 'rest.zip' })).toHaveCount(0);
  await expect(page.getByRole('main')).toContainText('rest.zip');

  await ui.link('publish.next').click();
  await expect(page).toHaveURL(/\/review$/);
  const create = ui.button('publish_review.create');
  await expect(create).toHaveAttribute('aria-disabled', 'true');
  await ui.link('publish.previous').click();
  await expect(page).toHaveURL(/\/check$/);
  await ui.button('publish_check.correct').click();
  await expect(page).toHaveURL(/\/check$/);
  await expect(page.getByRole('main')).toContainText(ui.text('publish_check.good'));
  await expect(file).toContainText(ui.text('publish_check.file_good'));

  await ui.link('publish.next').click();
  await expect(page).toHaveURL(/\/review$/);
  await expect(page.getByRole('main')).toContainText('aws ssm create-document');
  await create.click();
  await expect(page).toHaveURL(/\/publications\//);
  await expect(page.getByRole('main')).toContainText(ui.text('publication.published_title', { name }), { timeout: 30_000 });
});

test('the editor takes the place of its text area, and nothing moves @script @english', async ({ ui, page, sekisho }, { project }) => {
  const held: Route[] = [];
  await page.route('**/editor/editor.js', (route) => void held.push(route));
  const name = `Placed-${project.name}`;
  await bucket(sekisho, name, { 'manifest.json': Buffer.from(manifest({})) });
  await begin(ui, name, name);
  const area = page.locator('textarea');
  await expect(area).toHaveValue(/schemaVersion/);
  const whole = page.getByRole('main');
  const before = await whole.boundingBox();
  await expect.poll(() => held.length).toBe(1);
  await held[0]?.continue();
  await expect(area).toBeHidden();
  expect(await whole.boundingBox()).toEqual(before);
  await expectNothingSerious(ui, 'the manifest in the editor');
});

test('bad zips are told of with the cure, and a changed one is checked anew', async ({ ui, page, sekisho }, { project }) => {
  const name = `Bad-${project.name}`;
  const folder = zip({ 'tool/install.sh': 'exit 0\n', 'uninstall.sh': 'exit 0\n', '../../etc/cron.d/tool': '* * * * *' });
  await bucket(sekisho, name, { 'folder.zip': folder, 'page.zip': Buffer.from('<!DOCTYPE html>') });
  await begin(ui, name, name);
  // There is no manifest there: one is begun from the zips.
  await expect(page.getByRole('main')).toContainText(ui.text('publish_check.fresh_started'));
  await ui.button('publish.next').click();
  await expect(page).toHaveURL(/\/check$/);
  await check(ui);
  const file = page.getByRole('region', { name: 'folder.zip' });
  await expect(file).toContainText(ui.text('publish_check.script_in_folder', { path: 'tool/install.sh' }));
  await expect(file).toContainText(ui.text('publish_check.path_parent', { path: '../../etc/cron.d/tool' }));
  await expect(page.getByRole('region', { name: 'page.zip' })).toContainText(ui.text('publish_check.not_zip'));
  await expectNothingSerious(ui, 'zips that are bad');

  await put(sekisho, `${BUCKET}/${name}/folder.zip`, zip(SCRIPTS));
  await page.reload();
  await ui.ready();
  await expect(file).toContainText(ui.text('publish_check.changed'));
  await expect(page.getByRole('main')).toContainText(ui.text('publish_check.outdated'));
});
