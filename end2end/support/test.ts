/** The tests' own `test`: a console of the worker's, a page of somebody who has signed in, the console's texts. */
import { type BrowserContext, type Page, test as base, expect } from '@playwright/test';
import { Console } from './console.ts';
import { Consoles } from './consoles.ts';
import { Problems } from './problems.ts';
import { ReusedPages, onlyPage } from './reused-page.ts';
import { type Backend, type Role, type Sekisho } from './sekisho.ts';
import { type Language, Texts } from './texts.ts';

export interface Options {
  /** Who looks at the page: somebody with this role, or nobody. */
  role: Role | null;
  /** The language that the browser asks for. */
  language: Language;
  /** What the console talks to. */
  backend: Backend;
  /** Simulated nodes that it starts with. */
  nodes: number;
}

interface PageFixtures extends Omit<Options, 'backend'> {
  sekisho: Sekisho;
  texts: Texts;
  ui: Console;
  problems: Problems;
  /** Opens a page in a browser of somebody else's, who has signed in with this role. */
  another: (role: Role) => Promise<Page>;
}

interface WorkerFixtures {
  backend: Backend;
  consoles: Consoles;
  reusedPages: ReusedPages;
}

export const test = base.extend<PageFixtures, WorkerFixtures>({
  role: ['operator', { option: true }],
  language: ['en', { option: true }],
  backend: ['embedded', { option: true, scope: 'worker' }],
  nodes: [17, { option: true }],

  consoles: [
    async ({ backend }, use) => {
      const consoles = new Consoles(backend);
      await use(consoles);
      await consoles.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  sekisho: [async ({ consoles, nodes }, use) => use(await consoles.of(nodes)), { timeout: 120_000 }],

  reusedPages: [async ({ browser }, use) => use(new ReusedPages(browser)), { scope: 'worker' }],

  context: async (
    { reusedPages, baseURL, storageState, timezoneId, colorScheme, permissions, viewport },
    use,
    testInfo,
  ) => {
    const options = { baseURL, storageState, timezoneId, colorScheme, viewport, permissions: permissions ?? [] };
    const context = await reusedPages.take(options);
    await use(context);
    await (testInfo.status === testInfo.expectedStatus ? reusedPages.giveBack(context) : reusedPages.discard(context));
  },
  page: async ({ context }, use) => use(onlyPage(context)),

  baseURL: async ({ sekisho }, use) => use(sekisho.url),
  storageState: async ({ sekisho, role }, use) => use(role === null ? undefined : await sekisho.session(role)),
  texts: async ({ language }, use) => use(new Texts(language)),
  ui: async ({ page, texts, javaScriptEnabled }, use) => use(new Console(page, texts, javaScriptEnabled !== false)),

  // Every page of every test is watched, asked for or not.
  problems: [
    async ({ context, javaScriptEnabled }, use) => {
      const problems = new Problems(javaScriptEnabled !== false);
      const stop = problems.watch(context);
      await use(problems);
      stop();
      expect(problems.found(), 'the browser reported problems').toEqual([]);
    },
    { auto: true },
  ],

  // In the language and with or without script as the test's own: Playwright sees to that.
  another: async ({ browser, sekisho, problems }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (role) => {
      const context = await browser.newContext({ storageState: await sekisho.session(role) });
      contexts.push(context);
      problems.watch(context);
      return context.newPage();
    });
    for (const context of contexts) {
      await context.close();
    }
  },
});

export { expect };
