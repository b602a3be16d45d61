/** The simple wizard: software of each kind becomes a package, with script and without. */
import { REGION } from '../support/aws.ts';
import type { Console } from '../support/console.ts';
import { expectNothingSerious } from '../support/serious.ts';
import { withSoftware } from '../support/software.ts';
import { expect, test } from '../support/test.ts';
import { beginDraft } from '../support/wizard.ts';

test.use({ role: 'publisher' });

/** Sends a step's form. */
async function next(ui: Console): Promise<void> {
  await ui.button('publish.next').click();
}

/** Chooses files, and sends them: with script they are sent by themselves. */
async function upload(ui: Console, files: string[]): Promise<void> {
  await ui.field('publish_software.choose_files').setInputFiles(files);
  if (!ui.script) {
    await ui.button('publish_software.upload').click();
  }
}

test('a .deb, an .rpm and an .msi become a package', async ({ ui, page, problems }, { project }) => {
  test.setTimeout(120_000);
  const name = `Hello-${project.name}`;
  await withSoftware(async ({ deb, rpm, msi, broken }) => {
    await ui.open('/packages/create');
    await ui.button('publish.begin').click();
    await expect(page).toHaveURL(/\/details$/);
    await ui.ready();

    // A name of AWS's is refused at its field, and nothing is lost.
    await ui.field('publish.field_name').fill('aws-hello');
    await ui.field('publish.field_version').fill('1.2.3');
    await next(ui);
    problems.expectStatus(422); // without script, the refused form's page
    await ui.expectError(ui.field('publish.field_name'), 'errors.aws_owned_name');
    await expect(ui.field('publish.field_version')).toHaveValue('1.2.3');
    await ui.field('publish.field_name').fill(name);
    await next(ui);

    await expect(page).toHaveURL(/\/location$/);
    await expect(ui.field('publish.field_prefix')).toHaveValue(`${name}/1.2.3`);
    // Given by its address, what is wrong is seen, be it at the bucket.
    const bucket = page.getByLabel(ui.text('publish.field_bucket'), { exact: true });
    const address = page.getByLabel(ui.text('publish.field_url'), { exact: true });
    await page.getByRole('radio', { name: ui.text('publish.bucket_by_url') }).check();
    await address.fill('packages/web');
    await next(ui);
    await ui.expectError(address, 'errors.s3_url');
    await expect(bucket).toBeHidden();
    await address.fill('My_Bucket');
    await next(ui);
    await ui.expectError(bucket, 'errors.bucket_name');
    await expect(bucket).toBeVisible();
    await page.getByRole('radio', { name: ui.text('publish.bucket_from_list') }).check();
    await bucket.selectOption({ index: 1 });
    await next(ui);

    await expect(page).toHaveURL(/\/software$/);
    await upload(ui, [deb, rpm, msi, broken]);
    const file = (path: string) => page.getByRole('region', { name: path.split('/').at(-1) ?? '' });
    await expect(file(deb)).toContainText('1.2.3-1');
    await expect(file(deb)).toContainText('libc6');
    await expect(file(rpm)).toContainText('1.2.3-1.amzn2023');
    await expect(file(msi)).toContainText('{0D6E9A5A-6E0B-4B0C-8C37-2F6A3B1D9C22}');
    await expect(file(msi).getByLabel(ui.text('publish_software.platform'), { exact: true }).first()).toHaveValue('windows');
    await expect(file(broken)).toContainText(ui.text('publish_software.format_html').trim());
    await expectNothingSerious(ui, 'the software');
    await file(broken).getByRole('button', { name: ui.text('publish_software.remove_named', { name: 'broken.deb' }) }).click();
    await expect(file(broken)).toHaveCount(0);
    await next(ui);

    await expect(page).toHaveURL(/\/scripts$/);
    await expect(file(deb)).toContainText('apt-get');
    await next(ui);

    await expect(page).toHaveURL(/\/manifest$/);
    await expect(page.getByRole('main')).toContainText(ui.text('publish_manifest.nothing_wrong'));
    await next(ui);

    await expect(page).toHaveURL(/\/review$/);
    await expect(page.getByRole('main')).toContainText('aws ssm create-document');
    await ui.button('publish_review.create').click();
    await expect(page).toHaveURL(/\/publications\//);
    await expect(page.getByRole('main')).toContainText(ui.text('publication.published_title', { name }), { timeout: 40_000 });
    await expectNothingSerious(ui, 'the publication');

    // Another version: everything is carried over, the scripts come back from the zip, and nothing is sent again.
    await page.goto(`/packages/${name}/versions`);
    await ui.ready();
    await ui.button('publish_review.add_version').click();
    await expect(page).toHaveURL(/\/details$/);
    await ui.ready();
    await ui.field('publish.field_version').fill('1.2.4');
    await next(ui);
    await expect(page).toHaveURL(/\/location$/);
    await page.getByLabel(ui.text('publish.field_bucket'), { exact: true }).selectOption({ index: 1 });
    await next(ui);
    await expect(page).toHaveURL(/\/software$/);
    await expect(file(msi)).toContainText('windows');
    await next(ui);
    await expect(page).toHaveURL(/\/scripts$/);
    const zipped = deb.split('/').at(-1) ?? '';
    await ui.button('publish_scripts.take_out_of', { name: zipped }).click();
    await expect(file(deb)).toContainText('apt-get');
    await expect(file(deb)).toContainText(ui.text('publish_scripts.as_generated'));
    if (ui.script) {
      // A zip that cannot be had: what was saved with that is saved, and the form goes on from there.
      problems.expect(/ERR_CONNECTION_RESET/);
      await page.route('**/packages/drafts/take-apart', (route) => route.abort('connectionreset'), { times: 1 });
      await page.locator('textarea[name^="install."]').first().evaluate((area: HTMLTextAreaElement) => {
        area.value += '# edited\n';
        area.dispatchEvent(new Event('input', { bubbles: true }));
      });
      await ui.button('publish_scripts.take_out_of', { name: rpm.split('/').at(-1) ?? '' }).click();
      await expect(page.getByRole('main')).toContainText(ui.text('publish.not_saved'));
      await file(deb).getByRole('button', { name: ui.text('publish_scripts.back_to_generated') }).click();
    }
    await next(ui);
    await expect(page).toHaveURL(/\/manifest$/);
    await expect(page.getByRole('main')).toContainText(ui.text('publish_manifest.nothing_wrong'));
    await next(ui);
    await expect(page).toHaveURL(/\/review$/);
    await expect(page.getByRole('main')).toContainText('aws ssm update-document');
    await ui.button('publish_review.add_version').click();
    await expect(page.getByRole('main')).toContainText(ui.text('publication.published_title', { name }), { timeout: 40_000 });
    const carried = page.getByRole('cell', { name: ui.text('publication.carried', { version: 1 }) });
    await expect(carried).toHaveCount(3);
  });
});

test('a button that is pressed does not move away from under the pointer @script @english', async ({ ui, page, problems }, { project }) => {
  problems.expectStatus(422);
  // As hands do it: down, and up a moment later. Meanwhile the field has been left, and its error comes or goes.
  const press = () => ui.button('publish.next').click({ delay: 200 });
  await ui.open('/packages/create');
  await ui.button('publish.begin').click();
  await expect(page).toHaveURL(/\/details$/);
  await ui.ready();
  await ui.field('publish.field_name').fill('aws-pressed');
  await press();
  await ui.expectError(ui.field('publish.field_name'), 'errors.aws_owned_name');
  await ui.field('publish.field_name').fill(`Pressed-${project.name}`);
  await press();
  await expect(page).toHaveURL(/\/location$/);
  // A bucket is tried in the folder that the files are to go to.
  const tried = page.waitForRequest(/\/packages\/buckets\/check/);
  await ui.field('publish.field_prefix').fill('pressed/1.0');
  await page.getByLabel(ui.text('publish.field_bucket'), { exact: true }).selectOption({ index: 1 });
  expect((await tried).postDataJSON()).toMatchObject({ prefix: 'pressed/1.0' });
});

test('Enter in a field leads on @script @english', async ({ ui, page }, { project }) => {
  await ui.open('/packages/create');
  await ui.button('publish.begin').click();
  await expect(page).toHaveURL(/\/details$/);
  await ui.ready();
  await ui.field('publish.field_version').fill('1.0');
  await ui.field('publish.field_name').fill(`Enter-${project.name}`);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/location$/);
  // What the name's field has asked for as it went away has no field to be told at.
  const tried = page.waitForResponse(/\/packages\/buckets\/check/);
  await page.getByLabel(ui.text('publish.field_bucket'), { exact: true }).selectOption({ index: 1 });
  await tried;
});

test('what is found out about a bucket moves no button under the pointer @script @english', async ({ ui, page }, { project }) => {
  await beginDraft(ui, 'simple', `Meanwhile-${project.name}`, '1.0');
  const buckets = page.getByLabel(ui.text('publish.field_bucket'), { exact: true });
  const next = ui.button('publish.next');
  /** Chooses a bucket and keeps what is found out until `tell` is called. */
  const choose = async (index: number, found?: object) => {
    let tell = () => {};
    const kept = new Promise<void>((resolve) => (tell = resolve));
    const answer = page.waitForResponse(/\/packages\/buckets\/check/);
    await page.route('**/packages/buckets/check', async (route) => {
      await kept;
      await (found === undefined ? route.continue() : route.fulfill({ json: found }));
    }, { times: 1 });
    await buckets.selectOption({ index });
    const bucket = await buckets.inputValue();
    await expect(page.getByText(ui.text('publish.bucket_being_tried', { bucket }))).toBeVisible();
    return { bucket, tell, answer };
  };
  /** Waits until the page has drawn what it has got. */
  const drawn = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

  const fine = await choose(1);
  const place = await next.boundingBox();
  fine.tell();
  const told = ui.text('publish.bucket_fine', { bucket: fine.bucket, region: REGION });
  await expect(page.getByText(told)).toBeVisible();
  expect(await next.boundingBox()).toEqual(place);

  // Nor under a key that is held down, after which it is told.
  const held = await choose(2, { problem: 'denied' });
  await ui.button('publish.previous').focus();
  await page.keyboard.down('Space');
  held.tell();
  await (await held.answer).finished();
  await drawn();
  expect(await next.boundingBox()).toEqual(place);
  await ui.field('publish.field_prefix').focus();
  await page.keyboard.up('Space');
  await expect(page.getByText(ui.text('publish.bucket_denied'))).toBeVisible();

  // Nor when the last key that was typed comes up after the pointer went down.
  const gone = await choose(1, { problem: 'not_found' });
  await page.keyboard.down('Shift');
  await next.hover();
  await page.mouse.down();
  gone.tell();
  await (await gone.answer).finished();
  await drawn();
  await page.keyboard.up('Shift');
  await drawn();
  await page.mouse.up();
  await expect(page).toHaveURL(/\/software$/);
});
