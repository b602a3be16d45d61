/** For everybody: what axe finds, the keyboard, the order of focus. */
import type { Console } from '../support/console.ts';
import { CreateForm } from '../support/create-form.ts';
import { EC2_INSTANCE, NodeForm, expectEnd, machines } from '../support/nodes.ts';
import { pagesFor } from '../support/pages.ts';
import { expectNothingSerious } from '../support/serious.ts';
import { Success } from '../support/success.ts';
import { expect, test } from '../support/test.ts';

// Axe takes its time: the workers share these.
test.describe.configure({ mode: 'parallel' });

/** Lets axe look at pages, one after the other. */
async function walk(ui: Console, paths: string[]): Promise<void> {
  for (const path of paths) {
    await test.step(path, async () => {
      await ui.open(path);
      await expect(ui.title, path).toBeVisible();
      await expectNothingSerious(ui, path);
    });
  }
}

const DISTRIBUTOR_AND_COSTS = /^\/(packages|costs)\b/;

test('axe: the overview, activations, nodes, and a page that is not there @script', async ({ ui, problems }) => {
  test.setTimeout(180_000);
  problems.expect(/status of 404.*\/nowhere/);
  await walk(ui, [...pagesFor('operator').filter((path) => !DISTRIBUTOR_AND_COSTS.test(path)), '/nowhere']);
});

test('axe: Distributor and costs @script', async ({ ui }) => {
  test.setTimeout(180_000);
  await walk(ui, pagesFor('operator').filter((path) => DISTRIBUTOR_AND_COSTS.test(path)));
});

test('axe: what is for administrators and publishers @script', async ({ ui, another }) => {
  test.setTimeout(120_000);
  for (const role of ['admin', 'publisher'] as const) {
    await walk(ui.on(await another(role)), pagesFor(role));
  }
});

test('axe: the form with its errors, sent before, then the code @script', async ({ ui, page, problems }) => {
  problems.expectStatus(422);
  const form = new CreateForm(ui);
  await form.open();
  await form.fill({ limit: '0', name: 'web#1', tags: [['aws:a', 'b']] });
  await form.submit.click();
  await expect(form.limit).toHaveAttribute('aria-invalid', 'true');
  await expectNothingSerious(ui, 'the form with its errors');
  await form.open();
  expect((await form.post()).status()).toBe(200);
  await form.submit.click();
  await expect(page.getByText(ui.text('activations.earlier_title'))).toBeVisible();
  await expectNothingSerious(ui, 'the form that was sent before');
  await Success.after(ui, { description: 'for everybody' });
  await expectNothingSerious(ui, 'the code');
});

test('axe: an activation and the question before deleting it @script', async ({ ui, page, sekisho }) => {
  const { id, code } = await sekisho.aws.createActivation({ Tags: [{ Key: 'stage', Value: 'test' }] });
  await sekisho.register(id, code);
  await ui.open(`/activations/${id}`);
  await expectNothingSerious(ui, 'an activation');
  await ui.askToDelete(id);
  await expectNothingSerious(ui, 'the question above it');
  await ui.open(`/activations/${id}/delete`);
  await expect(page.getByText(ui.text('activations.delete_question', { id }))).toBeVisible();
  await expectNothingSerious(ui, 'the question as a page');
});

test('axe: a node, the forms that change it, and what became of it @script', async ({ ui, sekisho }) => {
  test.setTimeout(120_000);
  const [agent] = await machines(ui, sekisho, 1, { Tags: [{ Key: 'stage', Value: 'test' }] });
  await ui.open(`/nodes/${agent!.id}`);
  await ui.expand(ui.text('node.lost_if'));
  await expectNothingSerious(ui, 'a node');
  for (const kind of ['role', 'tags', 'deregister'] as const) {
    await new NodeForm(ui, kind).open([agent!.id, EC2_INSTANCE]);
    await expectNothingSerious(ui, `before nodes change: ${kind}`);
  }
  const form = new NodeForm(ui, 'deregister');
  await form.open([agent!.id]);
  await form.submitAndFollow();
  await expectEnd(ui, { done: [agent!], failed: [] });
  await expectNothingSerious(ui, 'what became of it');
});

test.describe('before signing in', () => {
  test.use({ role: null });

  test('axe: /login, also after a wrong password @script', async ({ ui, page, problems }) => {
    problems.expectStatus(401);
    await ui.open('/login');
    await expectNothingSerious(ui, '/login');
    await ui.signIn('nobody', 'not the password');
    await expect(page.getByRole('alert')).toContainText(ui.text('login.wrong'));
    await ui.ready();
    await expectNothingSerious(ui, '/login after a wrong password');
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
