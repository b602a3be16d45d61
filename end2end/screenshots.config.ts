import { defineConfig } from '@playwright/test';
import { launchOptions } from './support/browser.ts';
import type { Options } from './support/test.ts';

/**
 * Pictures instead of tests: `npm run screenshots` makes the README's, `npm run screenshots:all` shoots every page in
 * both languages, both schemes and three widths into `screenshots/`, to be looked at.
 */
export default defineConfig<Options>({
  testDir: '.',
  testMatch: 'screenshots.ts',
  outputDir: 'test-results/screenshots',
  workers: 1,
  reporter: 'list',
  timeout: 60_000,
  use: { browserName: 'chromium', launchOptions },
});
