/** Language and colour scheme: by browser or system first, then as chosen. */
import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';
import { Texts } from '../support/texts.ts';

/** Whether dark text stands on a light ground. */
async function isLight(page: Page): Promise<boolean> {
  const colour = await page.evaluate(() => getComputedStyle(document.body).color);
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return (red + green + blue) / 3 < 128;
}

test('the server speaks the language of the browser at once', async ({ page, ui, language }) => {
  const html = (await (await page.goto('/activations'))?.text()) ?? '';
  expect(html).toMatch(new RegExp(`<html[^>]* lang="${language}"`));
  expect(html).toContain(ui.text('activations.title'));
  await ui.ready();
  await expect(page.locator('html')).toHaveAttribute('lang', language);
  await expect(ui.title).toContainText(ui.text('activations.title'));
});

test('a language that Sekisho does not speak is answered in English', async ({ context }) => {
  const answer = await context.request.get('/activations', { headers: { 'accept-language': 'fr-FR,fr;q=0.9' } });
  expect(await answer.text()).toMatch(/<html[^>]* lang="en"/);
});

test('the language can be switched, stays on the page and is remembered', async ({ page, ui, language, context }) => {
  const other = new Texts(language === 'en' ? 'ja' : 'en');
  await ui.open('/activations?q=web');
  await ui.chooseLanguage(other.language);
  await expect(page).toHaveURL('/activations?q=web');
  await expect(page.locator('html')).toHaveAttribute('lang', other.language);
  await expect(ui.title).toContainText(other.text('activations.title'));

  const later = await context.newPage();
  await later.goto('/nodes');
  await expect(later.locator('html')).toHaveAttribute('lang', other.language);
  await later.close();
});

for (const [system, light] of [['light', true], ['dark', false]] as const) {
  test.describe(`a system set to ${system}`, () => {
    test.use({ colorScheme: system });

    test('is followed, and overruled by the switch, which is remembered', async ({ page, ui }) => {
      await ui.open('/nodes');
      expect(await isLight(page)).toBe(light);
      await ui.chooseScheme(light ? 'dark' : 'light');
      await expect.poll(() => isLight(page)).toBe(!light);
      await expect(page).toHaveURL('/nodes');
      await ui.open('/activations');
      expect(await isLight(page)).toBe(!light);
      await ui.chooseScheme('system');
      await expect.poll(() => isLight(page)).toBe(light);
    });
  });
}

/** How far the viewer's zone is from UTC, as the console writes it: `UTC+9:00`, `UTC-5:00`, `UTC`. */
function offset(timeZone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  return name.replace('GMT', 'UTC').replace(/[+-]00:00$/, '').replace(/([+-])0/, '$1');
}

test('times are told in the zone of the viewer, which they name @script', async ({ page, ui, sekisho, timezoneId }) => {
  const expires = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 3 * 24 * 60 * 60_000);
  const { id } = await sekisho.aws.createActivation({ ExpirationDate: expires.getTime() / 1000 });
  const timeZone = timezoneId ?? 'UTC';
  const clock = expires.toLocaleTimeString('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit' });
  await ui.open(`/activations/${id}`);
  const shown = page.locator('time').filter({ hasText: `${clock} (${offset(timeZone, expires)})` });
  await expect(shown.first()).toBeVisible();
  await expect(shown.first()).toHaveAttribute('datetime', /Z$|[+-]\d\d:\d\d$/);
});
