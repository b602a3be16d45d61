/** The tests' own `test`: a console for each worker, a page of somebody who has signed in, the console's texts. */
import { test as base, expect } from '@playwright/test';
import { Console } from './console.ts';
import { Problems } from './problems.ts';
import { type Backend, type Role, Sekisho } from './sekisho.ts';
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

interface PageFixtures extends Omit<Options, 'backend' | 'nodes'> {
  texts: Texts;
  ui: Console;
  problems: Problems;
}

interface WorkerFixtures {
  backend: Backend;
  nodes: number;
  sekisho: Sekisho;
}

export const test = base.extend<PageFixtures, WorkerFixtures>({
  role: ['operator', { option: true }],
  language: ['en', { option: true }],
  backend: ['embedded', { option: true, scope: 'worker' }],
  nodes: [17, { option: true, scope: 'worker' }],

  sekisho: [
    async ({ backend, nodes }, use) => {
      const sekisho = await Sekisho.start({ backend, nodes });
      await use(sekisho);
      await sekisho.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  baseURL: async ({ sekisho }, use) => use(sekisho.url),
  storageState: async ({ sekisho, role }, use) => use(role === null ? undefined : await sekisho.session(role)),
  texts: async ({ language }, use) => use(new Texts(language)),
  ui: async ({ page, texts, javaScriptEnabled }, use) => use(new Console(page, texts, javaScriptEnabled !== false)),

  // Every page of every test is watched, asked for or not.
  problems: [
    async ({ context, javaScriptEnabled }, use) => {
      const problems = new Problems(context, javaScriptEnabled !== false);
      await use(problems);
      expect(problems.found(), 'the browser reported problems').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
