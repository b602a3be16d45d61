/** What axe says of a page. */
import { AxeBuilder } from '@axe-core/playwright';
import { type Page, expect } from '@playwright/test';
import type { Console } from './console.ts';

/** The rules that look at colours. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * Expects axe to find nothing serious on the page that is shown, which `what` names. What it finds does not end the test.
 *
 * Axe needs script, and what it looks at does not change with the language: it looks in English only.
 */
export async function expectNothingSerious(ui: Console, what: string): Promise<void> {
  if (ui.script && ui.texts.language === 'en') {
    expect.soft(await serious(ui.page), what).toEqual([]);
  }
}

/** What axe finds that is serious or critical, whether the system is set to light or to dark. */
async function serious(page: Page): Promise<string[]> {
  const light = await found(page, {});
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await found(page, { runOnly: COLOURS });
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark.map((problem) => `dark: ${problem}`)];
}

async function found(page: Page, options: { runOnly?: string[] }): Promise<string[]> {
  // The other mode opens a page of its own for the results, which only frames of other origins need.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ ...options, resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`));
}
