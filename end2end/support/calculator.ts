/** A cost calculator: its form and the estimate beside it. */
import { type Locator, expect } from '@playwright/test';
import type { Console } from './console.ts';

export type Calculator = 'hybrid-activations' | 'distributor';

export class CostCalculator {
  constructor(
    readonly ui: Console,
    readonly calculator: Calculator,
  ) {}

  get path(): string {
    return `/costs/${this.calculator}`;
  }

  async open(query = ''): Promise<void> {
    await this.ui.open(`${this.path}${query}`);
    await expect(this.ui.title).toBeVisible();
  }

  /** A field of the whole estimate. */
  field(key: string): Locator {
    return this.ui.field(`costs.${key}`);
  }

  /** An account and Region, counted from 1. */
  place(number: number): Locator {
    return this.ui.page.getByRole('group', { name: this.ui.texts.pattern('costs.place_legend', { number }) });
  }

  /** A field of an account and Region. */
  placeField(number: number, key: string): Locator {
    const label = new RegExp(`^\\s*${this.ui.texts.within(`costs.${key}`).source}`);
    // The button that removes the place may begin with the same word.
    return this.place(number).getByLabel(label).and(this.ui.page.locator('input, select'));
  }

  /** Has the form calculated: at every key with script, by its button without. */
  async apply(): Promise<void> {
    if (!this.ui.script) {
      await this.ui.button('costs.apply').click();
    }
  }

  /** A figure of the estimate. */
  figure(key: string): Locator {
    return this.ui.value(`costs.${key}`);
  }

  /** The amounts of the lines of the calculation, from top to bottom. */
  get amounts(): Locator {
    const table = this.ui.page.getByRole('region', { name: this.ui.text('costs.lines') });
    return table.locator('tbody').getByRole('cell').filter({ hasText: /^[\d.,]+ USD$/ });
  }

  get lines(): Locator {
    return this.ui.page.getByRole('region', { name: this.ui.text('costs.lines') });
  }

  get whatIfs(): Locator {
    return this.ui.page.getByRole('region', { name: this.ui.text('costs.what_ifs') });
  }

  get save(): Locator {
    return this.ui.button('costs.save');
  }

  /** Saves the estimate under a name and expects that to be told. */
  async saveAs(name: string): Promise<void> {
    await this.field('name').fill(name);
    await this.save.click();
    const told = this.ui.script ? this.ui.text('costs.saved', { name }) : this.ui.text('layout.estimate_saved');
    await expect(this.ui.page.getByText(told)).toBeVisible();
  }
}
