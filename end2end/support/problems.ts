/** What a browser complains of while a test runs: script errors, hydration warnings, policy violations. */
import type { BrowserContext, ConsoleMessage, WebError } from '@playwright/test';

/** Listens to every page of the contexts that it watches. */
export class Problems {
  readonly #found: string[] = [];
  readonly #expected: RegExp[] = [];

  constructor(script: boolean) {
    if (!script) {
      // The page asks for the module before it can know that nothing will run it.
      this.expect(/sekisho\.wasm was preloaded using link preload but not used/);
    }
  }

  /** Listens to a context from now on, until what it returns is called. */
  watch(context: BrowserContext): () => void {
    const onError = (error: WebError) => this.#found.push(`uncaught: ${error.error().message}`);
    const onMessage = (message: ConsoleMessage) => {
      if (['error', 'warning'].includes(message.type())) {
        this.#found.push(`${message.type()}: ${message.text()} (${message.location().url})`);
      }
    };
    context.on('weberror', onError);
    context.on('console', onMessage);
    return () => {
      context.off('weberror', onError);
      context.off('console', onMessage);
    };
  }

  /** A problem that the test provokes. */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  /** Chromium logs each answer of 400 and above; a test that provokes one says so. */
  expectStatus(status: number): void {
    this.expect(new RegExp(`status of ${status}\\b`));
  }

  /** A file that the test keeps from coming is complained of by Chromium and by who has asked for it. */
  expectMissing(file: RegExp): void {
    this.expect(new RegExp(`net::ERR_FAILED.*${file.source}`));
    this.expect(/TypeError: Failed to fetch/);
  }

  /** Those that nobody has expected. */
  found(): string[] {
    return this.#found.filter((problem) => !this.#expected.some((pattern) => pattern.test(problem)));
  }
}
