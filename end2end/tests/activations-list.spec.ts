/** The list of activations: what it tells, how it is searched, and what can be done from it. */
import { CreateForm } from '../support/create-form.ts';
import { expect, test } from '../support/test.ts';

const HOUR = 3600;
const soon = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

const COLUMNS = [
  'id', 'description', 'default_instance_name', 'iam_role', 'registered', 'expires', 'created', 'status', 'tags',
];

test('an activation is told in all its columns', async ({ ui, sekisho, language }, info) => {
  const description = `all columns ${info.project.name}`;
  const { id, code } = await sekisho.aws.createActivation({
    Description: description,
    DefaultInstanceName: 'told',
    RegistrationLimit: 3,
    ExpirationDate: soon(20 * 24 * HOUR + HOUR),
    Tags: [{ Key: 'stage', Value: 'test' }],
  });
  await sekisho.register(id, code);
  await ui.open(`/activations?q=${encodeURIComponent(description)}`);
  for (const column of COLUMNS) {
    await expect(ui.column(`activations.${column}`)).toBeVisible();
  }
  const row = ui.row(id);
  for (const text of [description, 'told', 'BB_Hybrid_Activation', 'stage', ui.text('activations.status_active')]) {
    await expect(row).toContainText(text);
  }
  await expect(row).toContainText(ui.text('activations.registered_of', { count: 1, limit: 3 }));
  await expect(row).toContainText({ en: 'in 20 days', ja: '20 日後' }[language]);
  await expect(row.getByRole('time').or(row.locator('time')).first()).toHaveAttribute('datetime', /^\d{4}-\d\d-\d\dT/);
});

test('status follows registrations and expiry', async ({ ui, sekisho }, info) => {
  const prefix = `status ${info.project.name}`;
  const used = await sekisho.aws.createActivation({ Description: `${prefix} used` });
  await sekisho.register(used.id, used.code);
  const ending = await sekisho.aws.createActivation({ Description: `${prefix} ending`, ExpirationDate: soon(HOUR / 2) });
  const open = await sekisho.aws.createActivation({ Description: `${prefix} open`, ExpirationDate: soon(9 * 24 * HOUR) });
  await ui.open(`/activations?q=${encodeURIComponent(prefix)}`);
  await expect(ui.row(used.id)).toContainText(ui.text('activations.status_exhausted'));
  await expect(ui.row(ending.id)).toContainText(ui.text('activations.status_expiring_soon'));
  await expect(ui.row(open.id)).toContainText(ui.text('activations.status_active'));

  await ui.open(`/activations?q=${encodeURIComponent(prefix)}&status=exhausted`);
  await expect(ui.row(used.id)).toBeVisible();
  await expect(ui.row(open.id)).toHaveCount(0);
});

test.describe('among many', () => {
  const names = Array.from({ length: 25 }, (_, index) => `machine-${String(index).padStart(2, '0')}`);

  test.beforeAll(async ({ sekisho }) => {
    if ((await sekisho.aws.activationsDescribedAs(`pages ${names[0]}`)).length === 0) {
      for (const name of names) {
        await sekisho.aws.createActivation({ Description: `pages ${name}`, DefaultInstanceName: name });
      }
    }
  });

  test('the filter finds, counts and says when nothing fits', async ({ ui, page }) => {
    await ui.open('/activations');
    await ui.filter('pages machine-07');
    await expect(page.getByRole('row')).toHaveCount(2);
    await expect(page).toHaveURL(/[?&]q=pages(\+|%20)machine-07/);
    await ui.filter('nothing is called like this');
    await expect(page.getByText(ui.text('table.no_matches_hint'))).toBeVisible();
    await ui.link('table.clear_filter').first().click();
    await expect(page).not.toHaveURL(/q=/);
  });

  test('sorting and paging are in the address, which shows the same again', async ({ ui, page, context }) => {
    await ui.open('/activations?q=pages+machine');
    const heading = ui.column('activations.description');
    await heading.getByRole('link').click();
    await expect(heading).toHaveAttribute('aria-sort', 'ascending');
    await expect(page.getByRole('row').nth(1)).toContainText('machine-00');
    await heading.getByRole('link').click();
    await expect(heading).toHaveAttribute('aria-sort', 'descending');
    await expect(page.getByRole('row').nth(1)).toContainText('machine-24');
    await page.getByRole('navigation', { name: ui.text('table.pages') }).getByRole('link', { name: ui.text('table.page_number', { page: 2 }) }).click();
    await expect(page).toHaveURL(/page=2/);
    await expect(page.getByRole('row').nth(1)).toContainText('machine-04');
    const shown = await page.getByRole('row').allInnerTexts();

    const elsewhere = await context.newPage();
    await elsewhere.goto(page.url());
    await expect(elsewhere.getByRole('row').nth(1)).toContainText('machine-04');
    expect((await elsewhere.getByRole('row').allInnerTexts()).length).toBe(shown.length);
    await elsewhere.close();
  });
});

test('columns that are put away stay away', async ({ ui, page }) => {
  await ui.open('/activations');
  const column = ui.column('activations.tags');
  await expect(column).toBeVisible();
  await ui.expand(ui.texts.pattern('table.preferences_of'));
  const shown = page.getByRole('checkbox', { name: ui.text('activations.tags') });
  await shown.uncheck();
  // As the button that confirms does, and none that moves a column.
  await shown.press('Enter');
  await expect(column).toHaveCount(0);
  await ui.open('/activations');
  await expect(page.getByRole('columnheader').first()).toBeVisible();
  await expect(column).toHaveCount(0);
});

test('deleting asks first and says what it does and does not do', async ({ ui, sekisho }, info) => {
  const description = `to be deleted ${info.project.name}`;
  const { id, code } = await sekisho.aws.createActivation({ Description: description, DefaultInstanceName: 'stays' });
  const agent = await sekisho.register(id, code);
  await ui.open(`/activations?q=${encodeURIComponent(description)}`);
  const confirmation = await ui.askToDelete(id);
  for (const told of [description, ui.text('activations.registered_of', { count: 1, limit: 1 }), ui.text('activations.delete_does_not')]) {
    await expect(confirmation).toContainText(told);
  }
  await confirmation.getByRole(ui.script ? 'button' : 'link', { name: ui.text('common.cancel') }).click();
  expect(await sekisho.aws.activationIds()).toContain(id);

  await ui.askToDelete(id);
  await confirmation.getByRole('button', { name: ui.text('activations.delete') }).click();
  await ui.expectDeleted(id);
  await expect(ui.row(id)).toHaveCount(0);
  expect(await sekisho.aws.activationIds()).not.toContain(id);
  await ui.open('/nodes');
  await expect(ui.row(agent.id), 'the node stays').toBeVisible();
});

test('what somebody else has deleted meanwhile is gone, as wished', async ({ ui, page, sekisho, problems }, info) => {
  problems.expectStatus(404);
  const description = `deleted twice ${info.project.name}`;
  const { id } = await sekisho.aws.createActivation({ Description: description });
  await ui.open(`/activations?q=${encodeURIComponent(description)}`);
  const confirmation = await ui.askToDelete(id);
  await sekisho.aws.deleteActivation(id);
  await confirmation.getByRole('button', { name: ui.text('activations.delete') }).click();
  const told = ui.script ? ui.text('activations.already_deleted', { id }) : ui.text('activations.not_found_title');
  await expect(page.getByText(told)).toBeVisible();
  await expect(page.getByText(ui.text('activations.not_deleted'))).toHaveCount(0);
  await expect(ui.row(id)).toHaveCount(0);
});

test('an activation is renewed with one click, from the list and from its page', async ({ ui, page, sekisho }, info) => {
  const description = `to be renewed ${info.project.name}`;
  const tags: [string, string][] = [['stage', 'test']];
  const { id } = await sekisho.aws.createActivation({
    Description: description,
    DefaultInstanceName: 'again',
    RegistrationLimit: 12,
    Tags: tags.map(([Key, Value]) => ({ Key, Value })),
  });
  const renewals = [
    [`/activations?q=${encodeURIComponent(description)}`, ui.link('activations.clone_named', { name: id })],
    [`/activations/${id}`, ui.link('activations.clone')],
  ] as const;
  for (const [path, renew] of renewals) {
    await ui.open(path);
    await renew.click();
    await expect(page).toHaveURL(`/activations/new?clone=${id}`);
    await new CreateForm(ui).expectToHold({ description, limit: '12', name: 'again', role: 'BB_Hybrid_Activation', tags });
  }
});

test('what others create shows up by itself @script', async ({ ui, page }, info) => {
  const description = `live ${info.project.name}`;
  await ui.open(`/activations?q=${encodeURIComponent(description)}`);
  const other = await page.context().newPage();
  const form = new CreateForm(ui.on(other));
  await form.open();
  await form.fill({ description, role: 'BB_Hybrid_Activation' });
  await form.submit.click();
  await expect(page.getByRole('row').filter({ hasText: description })).toBeVisible();
});
