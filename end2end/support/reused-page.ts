/** A page that one test after another uses: a new one costs as much as two that it loads, as processes are started for it. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';

/** What a test asks of its page. The language and whether there is script are its project's, and stay. */
export type PageOptions = Required<Pick<BrowserContextOptions, 'colorScheme' | 'permissions' | 'viewport'>> &
  Pick<BrowserContextOptions, 'baseURL' | 'storageState' | 'timezoneId'>;

/** What tests listen to. Playwright's own listeners are of other events. */
const EVENTS = ['dialog', 'request', 'response'];

/** What a page shows between tests. */
const REST = '/healthz';

/** Pages by what stays as it is as long as there is a page: the console that they are of, and the time zone. */
export class ReusedPages {
  readonly #contexts = new Map<string, BrowserContext>();

  constructor(private readonly browser: Browser) {}

  /** A browser context whose one page shows nothing of the console's, as if nobody had used it. */
  async take(options: PageOptions): Promise<BrowserContext> {
    const { baseURL, storageState, timezoneId } = options;
    const key = JSON.stringify([baseURL, timezoneId]);
    const kept = this.#contexts.get(key);
    if (kept === undefined) {
      const context = await this.browser.newContext();
      await context.newPage();
      this.#contexts.set(key, context);
      return context;
    }
    if (typeof storageState === 'object') {
      await kept.addCookies(storageState.cookies);
    }
    if (options.permissions.length > 0) {
      await kept.grantPermissions(options.permissions);
    }
    const page = onlyPage(kept);
    await page.emulateMedia({ colorScheme: options.colorScheme });
    if (options.viewport) {
      await page.setViewportSize(options.viewport);
    }
    return kept;
  }

  /** Leaves the page as the next test may find it. */
  async giveBack(context: BrowserContext): Promise<void> {
    const [page, ...others] = context.pages();
    await Promise.all(others.map((other) => other.close()));
    if (page === undefined) {
      await this.discard(context);
      return;
    }
    await context.unrouteAll({ behavior: 'ignoreErrors' });
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    for (const event of EVENTS) {
      await page.removeAllListeners(event);
    }
    // Whatever runs in the page ends, while its process stays: about:blank would be given another.
    if (new URL(page.url()).pathname !== REST) {
      await page.goto(REST);
      await page.mouse.move(0, 0);
    }
    await context.clearCookies();
    await context.clearPermissions();
  }

  /** Closes it: what a test has failed on is worth a look, not more tests. */
  async discard(context: BrowserContext): Promise<void> {
    for (const [key, kept] of this.#contexts) {
      if (kept === context) {
        this.#contexts.delete(key);
      }
    }
    await context.close();
  }
}

/** The page of a context that has been taken. */
export function onlyPage(context: BrowserContext): Page {
  const page = context.pages()[0];
  if (page === undefined) {
    throw new Error('the page was closed');
  }
  return page;
}
