/** For everybody: what axe finds, the keyboard, the order of focus. */
import { CreateForm } from '../support/create-form.ts';
import { EC2_INSTANCE, NodeForm, expectEnd, machines } from '../support/nodes.ts';
import { PAGES } from '../support/pages.ts';
import { serious } from '../support/serious.ts';
import { Success } from '../support/success.ts';
import { expect, test } from '../support/test.ts';

for (const path of PAGES) {
  test(`axe: ${path} @script`, async ({ ui, page }) => {
    await ui.open(path);
    await expect(ui.title).toBeVisible();
    expect(await serious(page)).toEqual([]);
  });
}

test('axe: a page that is not there @script', async ({ ui, page, problems }) => {
  problems.expectStatus(404);
  await ui.open('/nowhere');
  expect(await serious(page)).toEqual([]);
});

test('axe: the form with its errors, sent before, then the code @script', async ({ ui, page, problems }) => {
  problems.expectStatus(422);
  const form = new CreateForm(ui);
  await form.open();
  await form.fill({ limit: '0', name: 'web#1', tags: [['aws:a', 'b']] });
  await form.submit.click();
  await expect(form.limit).toHaveAttribute('aria-invalid', 'true');
  expect(await serious(page)).toEqual([]);
  await form.open();
  expect((await form.post()).status()).toBe(200);
  await form.submit.click();
  await expect(page.getByText(ui.text('activations.earlier_title'))).toBeVisible();
  expect(await serious(page)).toEqual([]);
  await Success.after(ui, { description: 'for everybody' });
  expect(await serious(page)).toEqual([]);
});

test('axe: an activation and the question before deleting it @script', async ({ ui, page, sekisho }) => {
  const { id, code } = await sekisho.aws.createActivation({ Tags: [{ Key: 'stage', Value: 'test' }] });
  await sekisho.register(id, code);
  await ui.open(`/activations/${id}`);
  expect(await serious(page)).toEqual([]);
  await ui.askToDelete(id);
  expect(await serious(page)).toEqual([]);
  await ui.open(`/activations/${id}/delete`);
  await expect(page.getByText(ui.text('activations.delete_question', { id }))).toBeVisible();
  expect(await serious(page)).toEqual([]);
});

test('axe: a node @script', async ({ ui, page, sekisho }) => {
  const [agent] = await machines(ui, sekisho, 1, { Tags: [{ Key: 'stage', Value: 'test' }] });
  await ui.open(`/nodes/${agent!.id}`);
  await ui.expand(ui.text('node.lost_if'));
  expect(await serious(page)).toEqual([]);
});

for (const kind of ['deregister', 'role', 'tags'] as const) {
  test(`axe: before nodes change: ${kind} @script`, async ({ ui, page, sekisho }) => {
    const [agent] = await machines(ui, sekisho, 1, { Tags: [{ Key: 'stage', Value: 'test' }] });
    await new NodeForm(ui, kind).open([agent!.id, EC2_INSTANCE]);
    expect(await serious(page)).toEqual([]);
  });
}

test('axe: what became of nodes @script', async ({ ui, page, sekisho }) => {
  const [agent] = await machines(ui, sekisho, 1);
  const form = new NodeForm(ui, 'deregister');
  await form.open([agent!.id]);
  await form.submitAndFollow();
  await expectEnd(ui, { done: [agent!], failed: [] });
  expect(await serious(page)).toEqual([]);
});

test.describe('before signing in', () => {
  test.use({ role: null });

  test('axe: /login, also after a wrong password @script', async ({ ui, page, problems }) => {
    problems.expectStatus(401);
    await ui.open('/login');
    expect(await serious(page)).toEqual([]);
    await ui.signIn('nobody', 'not the password');
    await expect(page.getByRole('alert')).toContainText(ui.text('login.wrong'));
    await ui.ready();
    expect(await serious(page)).toEqual([]);
  });
});

test('the first stop of the keyboard leads past the frame @script', async ({ ui, page }) => {
  await ui.open('/nodes');
  await page.keyboard.press('Tab');
  await expect(ui.link('layout.skip')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null), 'focus is in the content').toBe(true);
});

test('a dialog keeps the focus and gives it back @script', async ({ ui, page, sekisho }) => {
  const { id } = await sekisho.aws.createActivation();
  await ui.open(`/activations/${id}`);
  const dialog = await ui.askToDelete(id);
  for (let presses = 0; presses < 8; presses += 1) {
    await page.keyboard.press('Tab');
    const outside = await page.evaluate(() => {
      const active = document.activeElement;
      return active !== null && active !== document.body && active.closest('dialog') === null;
    });
    expect(outside, 'focus has left the dialog').toBe(false);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(ui.link('activations.delete_named', { name: id })).toBeFocused();
});

test('an activation can be created from the keyboard alone @script', async ({ ui, page, sekisho }, info) => {
  const description = `typed ${info.project.name}`;
  const form = new CreateForm(ui);
  await form.open();
  await form.description.focus();
  await page.keyboard.type(description);
  await page.keyboard.press('Tab');
  await expect(form.limit).toBeFocused();
  await form.name.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(ui.text('activations.success_title'))).toBeVisible();
  expect(await sekisho.aws.activationsDescribedAs(description)).toHaveLength(1);
});
