/** A pipeline publishes with a token, within the rule of whose it is, and the package says so. */
import { run } from '../support/process.ts';
import { expectNothingSerious } from '../support/serious.ts';
import { withSoftware } from '../support/software.ts';
import { expect, test } from '../support/test.ts';

test.use({ role: 'publisher' });

test('a pipeline publishes a .deb with a token, and the package says so @english', async ({ ui, page, sekisho }, info) => {
  test.setTimeout(90_000);
  const own = `${info.project.name}-${info.workerIndex}-${info.retry}`;
  const name = `Pipe-${own}`;
  await ui.open('/tokens');
  await ui.field('tokens.name').fill(`CI ${own}`);
  await ui.field('tokens.names').fill('Pipe-');
  await ui.button('tokens.make').click();
  const shown = page.getByText(/^sekisho_[0-9a-f]{64}$/);
  await expect(shown).toBeVisible();
  const token = (await shown.textContent()) ?? '';
  sekisho.secrets.add('token', token);
  await expectNothingSerious(ui, 'the tokens, a new one shown');

  await withSoftware(async ({ deb }) => {
    const publish = (name: string) =>
      run(
        [
          'publish',
          ...['--server', sekisho.url, '--name', name, '--version-name', '1.2.3', '--file', deb],
          ...['--bucket', 'sekisho-packages-123456789012', '--output', 'json'],
        ],
        { SEKISHO_TOKEN: token },
        '',
      );
    expect(await publish(name)).toContain('"state":"published"');
    await expect(publish(`Other-${own}`)).rejects.toThrow(/ended with 3[^]*Pipe-/);
  });

  await ui.open(`/packages?q=${name}`);
  await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
  await ui.open(`/packages/${name}`);
  const record = page.getByRole('region', { name: ui.text('package_record.version_named', { name: '1.2.3', number: '1' }), exact: true });
  await expect(record).toContainText(ui.text('package_record.by_token', { username: 'publisher', token: `CI ${own}` }));
  await expect(record).toContainText('hello-fleet_1.2.3-1_amd64.deb');

  await ui.open('/tokens');
  await expect(page.getByText(token)).toHaveCount(0);
  await ui.link('tokens.revoke_named', { name: `CI ${own}` }).click();
  await expect(page.getByRole('main')).toContainText(ui.text('tokens.revoke_question', { name: `CI ${own}` }));
  await ui.button('tokens.revoke').click();
  await expect(page.getByText(ui.text('layout.token_revoked'))).toBeVisible();
  await expect(page.getByRole('row', { name: `CI ${own}` })).toHaveCount(0);
});

test.describe('an administrator', () => {
  test.use({ role: 'admin' });

  test('sets the rule of a publisher', async ({ ui, page, problems }) => {
    await ui.open('/settings/publishers/edit?person=publisher');
    await ui.field('publishers.places').fill('No Bucket');
    problems.expectStatus(422);
    await ui.button('publishers.save').click();
    await ui.expectError(ui.field('publishers.places'), 'errors.bucket_name');
    await ui.field('publishers.places').fill('sekisho-packages-123456789012/web');
    await ui.field('publishers.names').fill('Web-');
    await ui.button('publishers.save').click();
    await expect(page.getByText(ui.text('layout.publisher_rule_set'))).toBeVisible();
    const row = page.getByRole('row', { name: /publisher/ });
    await expect(row).toContainText('sekisho-packages-123456789012/web');
    await expectNothingSerious(ui, 'the rules of publishers');
    await ui.open('/settings/publishers/edit?person=publisher');
    await ui.button('publishers.remove').click();
    await expect(row).toContainText(ui.text('publishers.as_default'));
  });
});
