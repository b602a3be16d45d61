/** The overview: figures that are true, each leading to what it counts. */
import { expect, test } from '../support/test.ts';

test.use({ role: 'viewer' });

test('each figure leads to just what it counts', async ({ ui, page, sekisho }) => {
  const used = await sekisho.aws.createActivation({ Description: 'counted by the overview' });
  await sekisho.register(used.id, used.code);
  await ui.open('/');
  const figure = page.getByRole('main').getByRole('link', { name: ui.texts.within('activations.status_exhausted') });
  const count = Number(/\d+/.exec(await figure.innerText())?.[0]);
  expect(count).toBeGreaterThan(0);
  await figure.click();
  await expect(page).toHaveURL('/activations?status=exhausted');
  await expect(ui.title).toContainText(`(${count}/`);
  await expect(ui.row(used.id)).toBeVisible();
});

test('a node that joins is counted by itself @script', async ({ ui, page, sekisho }) => {
  await ui.open('/');
  const figure = page.getByRole('main').getByRole('link', { name: ui.texts.within('nodes.ping_online') });
  const before = Number(/\d+/.exec(await figure.innerText())?.[0]);
  const { id, code } = await sekisho.aws.createActivation();
  const agent = await sekisho.register(id, code);
  await agent.report({ computerName: 'counted.example.com' });
  await expect.poll(async () => Number(/\d+/.exec(await figure.innerText())?.[0])).toBeGreaterThan(before);
});
