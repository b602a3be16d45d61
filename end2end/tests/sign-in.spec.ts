/** Signing in and out, and the session in between. */
import type { BrowserContext } from '@playwright/test';
import { ACCOUNT, CALLER, REGION } from '../support/aws.ts';
import type { Sekisho } from '../support/sekisho.ts';
import { expect, test } from '../support/test.ts';

test.use({ role: null });

/** The session's cookie; its value joins the secrets that no log may hold. */
async function sessionCookie(context: BrowserContext, sekisho: Sekisho) {
  const cookie = (await context.cookies()).find(({ name }) => name.endsWith('sekisho_session'));
  if (cookie) {
    sekisho.secrets.add('session id', cookie.value);
  }
  return cookie;
}

test('a person signs in and arrives where they were going', async ({ page, ui, sekisho, context }) => {
  await ui.open('/nodes?sort=name');
  await expect(page).toHaveURL(/\/login\?next=/);
  await expect(page).toHaveTitle(new RegExp(ui.text('login.title')));
  await ui.signInAs('operator', sekisho);
  await expect(page).toHaveURL('/nodes?sort=name');
  await expect(ui.title).toHaveText(new RegExp(ui.text('nodes.title')));
  expect(await sessionCookie(context, sekisho), 'out of reach of scripts and other sites').toMatchObject({
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    domain: '127.0.0.1',
    secure: false,
  });
});

test('without a place to go, the overview comes first, under the account that it is of', async ({ page, ui, sekisho, context }) => {
  await ui.open('/login');
  await ui.signInAs('viewer', sekisho);
  await expect(page).toHaveURL('/');
  await sessionCookie(context, sekisho);

  await ui.ready();
  for (const shown of [REGION, ACCOUNT]) {
    await expect(page.getByRole('banner').getByText(shown).first()).toBeVisible();
  }
  await ui.expand(ui.text('layout.account'));
  await expect(ui.value('layout.account_id')).toHaveText(ACCOUNT);
  await expect(ui.value('layout.region')).toHaveText(REGION);
  await expect(ui.value('layout.caller')).toHaveText(CALLER);
});

test('the way in does not lead out', async ({ page, ui, sekisho, context, problems }) => {
  problems.expectStatus(401); // what the open page asks for without its session
  for (const next of ['https://example.com/', '//example.com/', '/\\example.com', 'javascript:alert(1)']) {
    await context.clearCookies();
    await ui.open(`/login?next=${encodeURIComponent(next)}`);
    await ui.signInAs('viewer', sekisho);
    await expect(page, next).toHaveURL('/');
    await sessionCookie(context, sekisho);
  }
});

test('the keyboard is enough', async ({ page, ui, sekisho, context }) => {
  await ui.open('/login');
  const username = page.getByLabel(ui.texts.pattern('login.username'));
  for (let presses = 0; presses < 10; presses += 1) {
    if (await username.evaluate((field) => field === document.activeElement)) {
      break;
    }
    await page.keyboard.press('Tab');
  }
  await expect(username).toBeFocused();
  await page.keyboard.type('viewer');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel(ui.texts.pattern('login.password'))).toBeFocused();
  await page.keyboard.type(sekisho.password('viewer'));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/');
  await sessionCookie(context, sekisho);
});

test('signing in changes the session, and the old one is dead', async ({ page, ui, sekisho, context, problems }) => {
  problems.expectStatus(401); // what the open page asks for with the dead session
  await ui.open('/login');
  await ui.signInAs('viewer', sekisho);
  await expect(page).toHaveURL('/');
  const before = await sessionCookie(context, sekisho);

  // As from another tab in which the form was still open.
  const form = { username: 'operator', password: sekisho.password('operator') };
  expect((await page.request.post('/login', { form, maxRedirects: 0 })).status()).toBe(303);
  const after = await sessionCookie(context, sekisho);
  expect(after?.value).not.toBe(before?.value);

  await context.clearCookies();
  await context.addCookies([before!]);
  await page.goto('/nodes');
  await expect(page).toHaveURL(/\/login\b/);
});

test('a session id that somebody planted is not taken over', async ({ page, ui, sekisho, context }) => {
  const planted = 'AAAAAAAAAAAAAAAAAAAAAA';
  await context.addCookies([{ name: 'sekisho_session', value: planted, url: sekisho.url }]);
  await ui.open('/login');
  await ui.signInAs('viewer', sekisho);
  await expect(page).toHaveURL('/');
  const cookie = await sessionCookie(context, sekisho);
  expect(cookie?.value).toBeTruthy();
  expect(cookie?.value).not.toBe(planted);
});

test('signing out ends the session for good', async ({ page, ui, sekisho, context }) => {
  await ui.open('/login');
  await ui.signInAs('operator', sekisho);
  await expect(page).toHaveURL('/');
  const cookie = await sessionCookie(context, sekisho);
  await ui.ready();
  await ui.signOut('operator');
  await expect(page).toHaveURL(/\/login\b/);

  await context.addCookies([cookie!]);
  await page.goto('/nodes');
  await expect(page).toHaveURL(/\/login\b/);
});

test.describe('from another site', () => {
  const ELSEWHERE = 'http://elsewhere.test';

  /** A page on another site that sends a form to the console. */
  async function sendForm(context: BrowserContext, action: string, fields: Record<string, string>) {
    const inputs = Object.entries(fields).map(([name, value]) => `<input name="${name}" value="${value}">`);
    const body = `<!doctype html><form method="post" action="${action}">${inputs.join('')}<button>send</button></form>`;
    await context.route(`${ELSEWHERE}/**`, (route) => route.fulfill({ contentType: 'text/html', body }));
    const page = await context.newPage();
    await page.goto(`${ELSEWHERE}/`);
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url() === action),
      page.getByRole('button', { name: 'send' }).click(),
    ]);
    return answer;
  }

  test('nobody is signed in', async ({ context, sekisho, problems }) => {
    problems.expectStatus(403);
    const form = { username: 'viewer', password: sekisho.password('viewer') };
    const answer = await sendForm(context, `${sekisho.url}/login`, form);
    expect(answer.status()).toBe(403);
    expect((await context.cookies()).filter(({ name }) => name.endsWith('sekisho_session'))).toEqual([]);
  });

  test.describe('while an operator is signed in', () => {
    test.use({ role: 'operator' });

    test('nothing changes', async ({ context, sekisho, problems }) => {
      problems.expectStatus(403);
      for (const path of ['/logout', '/preferences', '/activations/new', '/api/activations/create']) {
        const answer = await sendForm(context, `${sekisho.url}${path}`, { description: 'from elsewhere' });
        expect(answer.status(), path).toBe(403);
      }
      expect((await context.request.get('/nodes', { maxRedirects: 0 })).status(), 'still signed in').toBe(200);
    });
  });
});
