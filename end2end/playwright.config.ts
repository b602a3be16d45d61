import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { launchOptions } from './support/browser.ts';
import type { Options } from './support/test.ts';

/**
 * Tests that need script in the browser, that need the page without it, and that stop what stands for AWS. Besides there is
 * `@make-site`, which `cargo leptos end-to-end` leaves out: it compresses no files, and makes one module of what `make site`
 * splits.
 */
const SCRIPT = /@script/;
const NO_SCRIPT = /@no-script/;
const AWS = /@aws/;

/** Tests of what changes with neither language nor backend, such as a pointer or a sum: with and without script, in English. */
const ENGLISH = /@english/;
/** Tests that take long, and that with script are walked in Japanese: by `embedded-ja`, or `aws-mode`. */
const JAPANESE = /@japanese/;

/** What answers the same whatever the language, the script and the backend are: once is enough. */
const ONCE = /\/(accessibility|headers|guessing)\.spec/;
/**
 * Where publishing meets a limit: the server decides, and what it says has both languages when the program is built. The
 * same pages are walked in Japanese by the other publish-*.spec.ts.
 */
const LIMITS = /\/publish-limits\.spec/;
/** The way of a node, from signing in to its place in the list. */
const A_NODE_JOINS = /\/(sign-in|roles|activation[^/]*|nodes|preferences)\.spec/;
/** What depends on how AWS answers. */
const TALKS_TO_AWS = /\/(errors|node-actions|node-page|nodes-backend|settings)\.spec/;

export default defineConfig<Options>({
  testDir: 'tests',
  outputDir: 'test-results',
  // One more than there are processors: some tests wait for what takes its time, such as a node that is given up.
  workers: Math.min(availableParallelism() + 1, 8),
  timeout: 60_000,
  // Long for a machine that is fast: a test that fails costs it once, and a slow one fails no test by being slow.
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  // On a machine that does other work besides, a test may run out of time once. It is then reported as flaky.
  retries: process.env.CI ? 1 : 0,
  reporter: process.env.CI ? 'dot' : 'list',
  use: {
    browserName: 'chromium',
    launchOptions,
    viewport: { width: 1280, height: 900 },
    screenshot: 'only-on-failure',
  },
  // Languages, script and backends are walked in pairs, not in every combination: where aws-mode speaks Japanese,
  // embedded-ja need not.
  projects: [
    // First, since its tests wait most: others are busy meanwhile.
    {
      name: 'aws-mode',
      testMatch: [A_NODE_JOINS, TALKS_TO_AWS],
      grepInvert: [NO_SCRIPT, ENGLISH],
      use: { language: 'ja', locale: 'ja-JP', timezoneId: 'UTC', backend: 'aws' },
    },
    {
      name: 'embedded-en',
      grepInvert: [NO_SCRIPT, AWS, JAPANESE],
      use: { language: 'en', locale: 'en-US', timezoneId: 'America/New_York' },
    },
    {
      name: 'embedded-ja',
      testIgnore: [ONCE, LIMITS, A_NODE_JOINS, TALKS_TO_AWS],
      grepInvert: [NO_SCRIPT, AWS, ENGLISH],
      use: { language: 'ja', locale: 'ja-JP', timezoneId: 'Asia/Tokyo' },
    },
    {
      name: 'no-script-en',
      testIgnore: ONCE,
      grepInvert: [SCRIPT, AWS],
      use: { language: 'en', locale: 'en-US', javaScriptEnabled: false },
    },
    {
      name: 'no-script-ja',
      testMatch: A_NODE_JOINS,
      grepInvert: [SCRIPT, AWS, ENGLISH],
      use: { language: 'ja', locale: 'ja-JP', timezoneId: 'Asia/Tokyo', javaScriptEnabled: false },
    },
  ],
});
