/** The console's own texts, read from where the console has them. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { basename, join } from 'node:path';

export type Language = 'en' | 'ja';

const LOCALES = fileURLToPath(new URL('../../app/locales', import.meta.url));

/** Every text of one language by `area.key`. */
export class Texts {
  readonly #texts = new Map<string, string>();

  constructor(readonly language: Language) {
    const folder = join(LOCALES, language);
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
      const area: Record<string, string> = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      for (const [key, text] of Object.entries(area)) {
        this.#texts.set(`${basename(file, '.json')}.${key}`, text);
      }
    }
  }

  /** The text with its `{names}` filled in; every one must be given. */
  text(key: string, values: Record<string, string | number> = {}): string {
    return this.#raw(key).replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) {
        throw new Error(`${key} needs a value for {${name}}`);
      }
      return String(value);
    });
  }

  /** The whole text as a pattern; `{names}` that are not given stand for anything. */
  pattern(key: string, values: Record<string, string | number> = {}): RegExp {
    return new RegExp(`^\\s*${this.#source(key, values)}\\s*$`);
  }

  /** The text anywhere within a longer one; `{names}` that are not given stand for anything. */
  within(key: string, values: Record<string, string | number> = {}): RegExp {
    return new RegExp(this.#source(key, values));
  }

  #raw(key: string): string {
    const text = this.#texts.get(key);
    if (text === undefined) {
      throw new Error(`app/locales/${this.language} has no text ${key}`);
    }
    return text;
  }

  #source(key: string, values: Record<string, string | number>): string {
    return this.#raw(key)
      .split(/\{(\w+)\}/)
      .map((part, index) => {
        const value = index % 2 === 0 ? part : values[part];
        return value === undefined ? '.+?' : String(value).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      })
      .join('');
  }
}
