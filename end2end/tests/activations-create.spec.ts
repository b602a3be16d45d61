/** The create form: its fields, their limits, and that no error costs what was typed. */
import { CreateForm, type Wanted } from '../support/create-form.ts';
import { Success } from '../support/success.ts';
import { expect, test } from '../support/test.ts';

const DEFAULT_ROLE = 'service-role/AmazonEC2RunCommandRoleForManagedInstances';

/** A time as a clock in the zone shows it, written as in `datetime-local`. */
function clock(at: number, timeZone: string): string {
  return new Date(at).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T').slice(0, 16);
}

/** The time some minutes from now. */
function fromNow(minutes: number, timeZone: string): string {
  return clock(Date.now() + minutes * 60_000, timeZone);
}

const DAY = 24 * 60;

test('the form begins with the defaults of AWS, offers only roles that Systems Manager may assume, and can be cancelled', async ({ ui, page }) => {
  const form = new CreateForm(ui);
  await form.open();
  await expect(form.description).toHaveValue('');
  await expect(form.limit).toHaveValue('1');
  await expect(form.defaultRole).toBeChecked();
  await expect(form.name).toHaveValue('');
  await expect(form.expires).toHaveValue('');
  await expect(form.expires).toHaveAccessibleDescription(ui.texts.within('activations.field_expires_description'));

  await form.existingRole.check();
  const offered = await form.role.getByRole('option').allInnerTexts();
  expect(offered.some((text) => text.includes('BB_Hybrid_Activation') && !text.includes('AmazonSSM'))).toBe(true);
  expect(offered.some((text) => text.includes('AmazonSSMManagedInstanceCore')), 'with the policy that it lacks').toBe(true);
  expect(offered.join()).not.toMatch(/EC2InstanceRole|AWSServiceRole/);

  await ui.link('activations.cancel').click();
  await expect(page).toHaveURL('/activations');
});

/** The words that people know: those of the AWS console in English, those of its slides in Japanese. */
const LABELS = {
  en: {
    fields: ['Activation description', 'Instance limit', 'IAM role', 'Activation expiry date', 'Default instance name'],
    create: 'Create activation',
    given: ['Activation code', 'Activation ID'],
  },
  ja: {
    fields: ['アクティベーションの説明', 'インスタンス制限', 'IAM ロール', 'アクティベーションの有効期限', 'デフォルトのインスタンス名'],
    create: 'アクティベーションの作成',
    given: ['アクティベーションコード', 'アクティベーション ID'],
  },
};

test('everything is called what AWS calls it, word for word @no-script', async ({ ui, page, language }) => {
  const { fields, create, given } = LABELS[language];
  await new CreateForm(ui).open();
  for (const label of fields) {
    const name = new RegExp(`^${label}( - |$)`);
    await expect(page.getByLabel(name).or(page.getByRole('group', { name }))).toBeVisible();
  }
  await expect(page.getByRole('button', { name: create, exact: true })).toBeVisible();
  await Success.afterShown(ui, { description: 'in words that people know' });
  for (const label of given) {
    await expect(page.getByRole('term').filter({ hasText: new RegExp(`^${label}$`) })).toBeVisible();
  }
});

/** What is wrong, the field that says so, and its words. */
const mistakes: [string, Wanted, (form: CreateForm) => import('@playwright/test').Locator, string, object][] = [
  ['a limit of none', { limit: '0' }, (form) => form.limit, 'errors.range', { min: 1, max: 1000 }],
  ['a limit above 1,000', { limit: '1001' }, (form) => form.limit, 'errors.range', { min: 1, max: 1000 }],
  ['a long description', { description: 'x'.repeat(257) }, (form) => form.description, 'errors.max_length', { max: 256 }],
  ['a long name', { name: 'x'.repeat(257) }, (form) => form.name, 'errors.max_length', { max: 256 }],
  ['a name that AWS refuses', { name: 'web#1' }, (form) => form.name, 'errors.name_characters', {}],
  ['an expiry in the past', { expires: fromNow(-DAY, 'UTC') }, (form) => form.expires, 'errors.in_future', {}],
  ['an expiry after 30 days', { expires: fromNow(32 * DAY, 'UTC') }, (form) => form.expires, 'errors.within_days', { days: 30 }],
  ['a reserved tag', { tags: [['aws:stage', 'test']] }, (form) => form.tagKey(1), 'errors.reserved_prefix', {}],
  ['a tag twice', { tags: [['stage', 'a'], ['stage', 'b']] }, (form) => form.tagKey(2), 'errors.duplicate', {}],
];

// With script, one form goes through all of them.
for (const [what, wrong, field, key, values] of mistakes) {
  test(`${what} is refused at its field, and the rest stays @no-script @english`, async ({ ui, problems, sekisho }, info) => {
    problems.expectStatus(422);
    const right = { description: `refused: ${what} (${info.project.name})`, limit: '3', name: 'web', role: 'BB_Hybrid_Activation' };
    const wanted: Wanted = { ...right, ...wrong };
    const form = new CreateForm(ui);
    await form.open();
    await form.fill(wanted);
    await form.submit.click();
    await ui.expectError(field(form), key, values as Record<string, number>);
    await expect(ui.value('activations.code')).toHaveCount(0);
    await form.expectToHold(wanted);
    expect(await sekisho.aws.activationsDescribedAs(wanted.description ?? '')).toEqual([]);
  });
}

test('each mistake is told when its field is left, keeps the form from being sent, and the rest stays @script', async ({ ui, page }) => {
  test.setTimeout(90_000);
  const right: Wanted = { description: 'refused', limit: '3', name: 'web', role: 'BB_Hybrid_Activation', expires: '' };
  const form = new CreateForm(ui);
  await form.open();
  const sent: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
  for (const [what, wrong, field, key, values] of mistakes) {
    await test.step(what, async () => {
      const wanted: Wanted = { ...right, ...wrong };
      await form.fill(wanted);
      await field(form).blur();
      await ui.expectError(field(form), key, values as Record<string, number>);
      await form.submit.click();
      await expect(page.getByRole('alert')).toBeFocused();
      await ui.expectError(field(form), key, values as Record<string, number>);
      await form.expectToHold(wanted);
      expect(sent).toEqual([]);
    });
  }
});

test('the error of a tag goes with its row @script', async ({ ui }) => {
  const form = new CreateForm(ui);
  await form.open();
  await form.fill({ tags: [['aws:stage', ''], ['stage', '']] });
  await ui.expectError(form.tagKey(1), 'errors.reserved_prefix');
  await ui.button('common.tag_remove_named', { row: 1 }).click();
  await expect(form.tagKey(1)).toHaveValue('stage');
  await expect(form.tagKey(1)).not.toHaveAttribute('aria-invalid');
});

test('every mistake is told at once, in a summary that gets the focus', async ({ ui, page, problems }) => {
  problems.expectStatus(422);
  const form = new CreateForm(ui);
  await form.open();
  await form.fill({ limit: '0', name: 'web#1' });
  await form.submit.click();
  await ui.expectError(form.limit, 'errors.range', { min: 1, max: 1000 });
  await ui.expectError(form.name, 'errors.name_characters');
  const summary = page.getByRole('alert').filter({ hasText: ui.texts.within('common.error_summary', { count: 2 }) });
  await expect(summary).toBeVisible();
  if (ui.script) {
    await expect(summary).toBeFocused();
  }
});

test('a button that is pressed does not move away from under the pointer @script', async ({ ui, page, problems, sekisho }, { project }) => {
  problems.expectStatus(422);
  const form = new CreateForm(ui);
  const description = `pressed ${project.name}`;
  // As hands do it: down, and up a moment later. Meanwhile the field has been left, and its error comes or goes.
  const press = () => form.submit.click({ delay: 200 });
  await form.open();
  await form.fill({ description, limit: '0' });
  await press();
  // The summary, which only a form that was sent has.
  await expect(page.getByRole('alert').getByRole('link')).toBeVisible();
  await form.fill({ limit: '2' });
  await press();
  await expect(page.getByText(ui.text('activations.success_title'))).toBeVisible();
  expect(await sekisho.aws.activationsDescribedAs(description)).toHaveLength(1);
});

test('the largest values that AWS takes are taken, the latest expiry in the zone of whoever types it, and tags', async ({ ui, page, context, sekisho, timezoneId }, info) => {
  const zone = timezoneId ?? 'UTC';
  if (!ui.script) {
    // As a page with script has left it.
    await context.addCookies([{ name: 'time_zone', value: encodeURIComponent(zone), url: sekisho.url }]);
  }
  const description = `largest ${info.project.name} `.padEnd(256, 'x');
  const form = new CreateForm(ui);
  await form.open();
  await expect(form.expires).toHaveAccessibleDescription(ui.texts.within('activations.field_expires_constraint', { days: 30, zone }));
  const [name, expires] = ['n'.repeat(256), fromNow(30 * DAY - 1, zone)];
  const tags: [string, string][] = [
    ['stage', 'production'],
    ['拠点', '東京'],
  ];
  await form.fill({ description, limit: '1000', name, role: 'BB_Hybrid_Activation', expires, tags });
  await form.submit.click();
  await expect(page.getByText(ui.text('activations.success_title'))).toBeVisible();
  const created = await sekisho.aws.activationsDescribedAs(description);
  expect(created).toMatchObject([{ RegistrationLimit: 1000, DefaultInstanceName: name, IamRole: 'BB_Hybrid_Activation' }]);
  expect(clock(Number(created[0]?.ExpirationDate) * 1000, zone)).toBe(expires);
  expect(created[0]?.Tags, 'which the AWS console cannot set').toEqual(tags.map(([Key, Value]) => ({ Key, Value })));
});

test.describe('where clocks change', () => {
  const zone = 'America/New_York';
  test.use({ timezoneId: zone });

  test('the offset beside the zone is that of the time that is typed @script', async ({ ui }) => {
    const form = new CreateForm(ui);
    await form.open();
    for (const [expires, offset] of [['2027-01-15T12:00', 'UTC-5:00'], ['2027-07-15T12:00', 'UTC-4:00']] as const) {
      await form.fill({ expires });
      const constraint = ui.texts.within('activations.field_expires_constraint', { days: 30, zone, offset });
      await expect(form.expires).toHaveAccessibleDescription(constraint);
    }
  });
});

test('with nothing but the defaults, the default role is made on first use', async ({ ui, page, sekisho }, info) => {
  const description = `defaults ${info.project.name}`;
  const form = new CreateForm(ui);
  await form.open();
  await form.fill({ description });
  await form.submit.click();
  await expect(page.getByText(ui.text('activations.success_title'))).toBeVisible();
  const [created] = await sekisho.aws.activationsDescribedAs(description);
  expect(created).toMatchObject({ IamRole: DEFAULT_ROLE, RegistrationLimit: 1 });
  const lifetime = Number(created?.ExpirationDate) * 1000 - Date.now();
  expect(Math.abs(lifetime - DAY * 60_000)).toBeLessThan(5 * 60_000);
});

test('a session that has ended does not cost what was typed @script', async ({ ui, page, context, problems }) => {
  problems.expectStatus(401);
  const wanted = { description: 'typed before the session ended', limit: '7', name: 'web' };
  const form = new CreateForm(ui);
  await form.open();
  await form.fill(wanted);
  await context.clearCookies();
  await form.submit.click();
  await expect(page.getByText(ui.text('errors.unauthenticated'))).toBeVisible();
  await form.expectToHold(wanted);
});
