/** Wrong passwords, on a console of their own: the slow-down counts by address. */
import { expect, test } from '../support/test.ts';

test.use({ role: null, nodes: 0 });

test('a wrong password is refused without telling whether the name exists', async ({ page, ui, sekisho, problems }) => {
  problems.expectStatus(401);
  const answers: string[] = [];
  for (const username of ['operator', 'nobody']) {
    await ui.open('/login?next=%2Fnodes');
    const answer = page.waitForResponse((response) => response.request().method() === 'POST');
    await ui.signIn(username, 'not the password');
    expect((await answer).status()).toBe(401);
    await expect(page.getByRole('alert')).toContainText(ui.text('login.wrong'));
    await expect(page.getByLabel(ui.texts.pattern('login.username'))).toHaveValue(username);
    await expect(page.getByLabel(ui.texts.pattern('login.password'))).toHaveValue('');
    answers.push((await page.getByRole('alert').innerText()).trim());
  }
  expect(answers[0]).toBe(answers[1]);

  await ui.ready();
  await ui.signInAs('operator', sekisho);
  await expect(page, 'the way is not lost by a mistake').toHaveURL('/nodes');
});

test('guessing is slowed down, and the page says for how long', async ({ page, ui, sekisho, problems }) => {
  problems.expectStatus(401);
  problems.expectStatus(429);
  const guess = (password: string) =>
    page.request.post('/login', { form: { username: 'publisher', password } });
  await expect
    .poll(async () => (await guess('not the password')).status(), { intervals: [0] })
    .toBe(429);

  const refused = await guess(sekisho.password('publisher'));
  expect(refused.status(), 'the right password has to wait too').toBe(429);
  expect(Number(refused.headers()['retry-after'])).toBeGreaterThan(0);

  // The first waits are short: by the time that a page has loaded, one may be over, and the next guess begins another.
  await expect(async () => {
    await ui.open('/login');
    await ui.signIn('publisher', 'not the password');
    await expect(page.getByRole('alert')).toContainText(ui.texts.within('login.wait'), { timeout: 2_000 });
  }).toPass();
});
