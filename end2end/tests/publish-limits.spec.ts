/** Where publishing meets a limit: what is too much is refused with its reason, and what was there stays. */
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Console } from '../support/console.ts';
import { publish, version } from '../support/packages.ts';
import { withSoftware } from '../support/software.ts';
import { expect, test } from '../support/test.ts';
import { beginSoftware } from '../support/wizard.ts';

test.use({ role: 'publisher' });

const MIB = 1024 * 1024;

async function choose(ui: Console, files: string[]): Promise<void> {
  await ui.field('publish_software.choose_files').setInputFiles(files);
  if (!ui.script) {
    await ui.button('publish_software.upload').click();
  }
}

/** Uses a folder of its own, and removes it. */
async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sekisho-limits-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('the 21st file is refused, and the twenty stay', async ({ ui, page, problems }, { project }) => {
  test.setTimeout(120_000);
  problems.expectStatus(422);
  await withSoftware(async ({ deb }) =>
    inFolder(async (folder) => {
      const files = Array.from({ length: 21 }, (_, index) => join(folder, `tool-${index + 1}.deb`));
      await Promise.all(files.map((file) => copyFile(deb, file)));
      await beginSoftware(ui, `Many-${project.name}`, '1.0');
      await choose(ui, files);
      const last = page.getByRole('region', { name: 'tool-21.deb', exact: true });
      // It is told of once the twenty before it have been sent, one after the other.
      await expect(last).toContainText(ui.text('publish_software.refused_too_many', { max: 20 }), { timeout: 60_000 });
      await expect(page.getByRole('region', { name: 'tool-20.deb', exact: true })).toContainText('hello-fleet');
      await last.getByRole('button', { name: ui.text('publish_software.remove_named', { name: 'tool-21.deb' }) }).click();
      await expect(last).toHaveCount(0);
      await page.reload();
      await expect(page.getByRole('region', { name: /^tool-\d+\.deb$/ })).toHaveCount(20);
    }),
  );
});

test('a full quota is told before anything is sent', async ({ ui, page, sekisho, browser, problems }, { project }) => {
  problems.expectStatus(422);
  const admin = await browser.newContext({ baseURL: sekisho.url, storageState: await sekisho.session('admin') });
  const rule = (quota_mib: string) =>
    admin.request.post('/settings/publishers/edit?person=publisher', {
      form: { places: '', names: '', quota_mib },
      headers: { origin: sekisho.url },
      maxRedirects: 0,
    });
  expect((await rule('1')).status()).toBe(303);
  try {
    await inFolder(async (folder) => {
      const file = join(folder, 'large.deb');
      await writeFile(file, Buffer.alloc(8 * MIB));
      await beginSoftware(ui, `Quota-${project.name}`, '1.0');
      await choose(ui, [file]);
      await expect(page.getByRole('main')).toContainText(ui.texts.within('publish_software.refused_quota'));
    });
  } finally {
    expect((await rule('')).status()).toBe(303);
    await admin.close();
  }
});

test('a cut connection is gone on from @script', async ({ ui, page, problems }, { project }) => {
  problems.expect(/ERR_CONNECTION_RESET/);
  await beginSoftware(ui, `Cut-${project.name}`, '1.0');
  await page.route('**/packages/drafts/*/files/*', (route) => route.abort('connectionreset'), { times: 1 });
  await withSoftware(async ({ deb }) => {
    await choose(ui, [deb]);
    const file = page.getByRole('region', { name: deb.split('/').at(-1) ?? '' });
    await expect(file).toContainText(ui.text('publish_software.cut'));
    await file.getByRole('button', { name: ui.text('publish_software.go_on') }).click();
    await expect(file).toContainText('1.2.3-1');
    // What stands in the file itself, not in its name: it has been read by the server.
    await expect(file).toContainText('libc6');
  });
});

test.describe('an administrator, whose are all packages of the account', () => {
  test.use({ role: 'admin' });

  test('the 26th version waits until another has gone', async ({ ui, page, sekisho }, { project }) => {
    test.setTimeout(90_000);
    const name = `Full-${project.name}`;
    await publish(sekisho, name, Array.from({ length: 25 }, (_, index) => version(`1.${index}`, ['ubuntu'])));
    await ui.open(`/packages/${name}/versions`);
    await expect(page.getByRole('main')).toContainText(ui.text('packages.versions_of', { count: 25, max: 25 }));
    const add = ui.button('publish_review.add_version');
    await expect(add).toHaveAttribute('aria-disabled', 'true');
    await expect(add).toHaveAccessibleDescription(ui.text('publish.no_room_for_version', { max: 25 }));
  });
});
