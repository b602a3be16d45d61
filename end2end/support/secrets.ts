/** Secrets that a test has seen, and the search for them where none may be. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Remembers activation codes, passwords and session ids. */
export class Secrets {
  readonly #known = new Map<string, string>();

  /** Notes a secret; `kind` is what a finding is reported by, the value never is. */
  add(kind: string, value: string): void {
    this.#known.set(value, kind);
  }

  /** The kinds of those that stand in the text. */
  in(text: string): string[] {
    return [...this.#known].filter(([value]) => text.includes(value)).map(([, kind]) => kind);
  }

  /** `file: kind` for those that stand in any file below the folder. */
  inFolder(folder: string): string[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .flatMap((path) => this.in(readFileSync(path, 'latin1')).map((kind) => `${path}: ${kind}`));
  }
}
