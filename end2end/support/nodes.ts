/** Machines that a test registers for itself, and the forms by which they are acted on. */
import { type Locator, expect } from '@playwright/test';
import type { Agent } from './agent.ts';
import type { ActivationRequest } from './aws.ts';
import type { Console } from './console.ts';
import type { Sekisho } from './sekisho.ts';

export type Kind = 'deregister' | 'role' | 'tags';

/** An EC2 instance of the simulated fleet. */
export const EC2_INSTANCE = 'i-0238e4ae9600e8fdd';

/** Registers machines, and waits until the console knows them. */
export async function machines(
  ui: Console,
  sekisho: Sekisho,
  count: number,
  request: ActivationRequest = {},
): Promise<Agent[]> {
  const { id, code } = await sekisho.aws.createActivation({ RegistrationLimit: count, ...request });
  const agents: Agent[] = [];
  while (agents.length < count) {
    agents.push(await sekisho.register(id, code));
  }
  for (const agent of agents) {
    await expect.poll(async () => (await ui.page.request.get(`/nodes/${agent.id}`)).status()).toBe(200);
  }
  return agents;
}

/** The form by which nodes are acted on. */
export class NodeForm {
  readonly submit: Locator;

  constructor(
    readonly ui: Console,
    readonly kind: Kind,
  ) {
    this.submit = ui.button(`node_actions.${kind}_submit`);
  }

  async open(ids: string[]): Promise<void> {
    const query = new URLSearchParams(ids.map((id) => ['id', id]));
    await this.ui.open(`/nodes/${this.kind}?${query}`);
  }

  /** Sends the form and expects it to come back. */
  async submitInVain(): Promise<void> {
    const answered = this.ui.page.waitForResponse((answer) => answer.request().method() === 'POST');
    await this.submit.click();
    expect((await answered).status()).toBe(422);
    await this.ui.ready();
  }

  /** Sends the form and waits for what it leads to. */
  async submitAndFollow(): Promise<void> {
    await this.submit.click();
    await expect(this.ui.page).toHaveURL(/\/nodes\/actions\/[0-9a-f-]{36}$/);
    await this.ui.ready();
  }

  get confirmation(): Locator {
    return this.ui.field('node_actions.confirmation');
  }

  async addTag(row: number, key: string, value: string): Promise<void> {
    const { page, texts } = this.ui;
    const keyField = page.getByLabel(texts.pattern('common.tag_key_row', { row }));
    if (this.ui.script && !(await keyField.isVisible())) {
      await this.ui.button('common.tag_add').click();
    }
    await keyField.fill(key);
    await page.getByLabel(texts.pattern('common.tag_value_row', { row })).fill(value);
  }
}

/** Expects an action to have ended so, and each node to show what came of it. */
export async function expectEnd(ui: Console, { done, failed }: { done: Agent[]; failed: Agent[] }): Promise<void> {
  const total = done.length + failed.length;
  const told =
    failed.length === 0
      ? ui.text('node_actions.all_done', { total })
      : ui.text('node_actions.some_failed', { count: failed.length, total });
  await expect(ui.page.getByText(told)).toBeVisible();
  for (const agent of failed) {
    await expect(ui.row(agent.id)).toContainText(ui.text('node_actions.failed'));
    await expect(ui.row(agent.id)).toContainText(ui.text('node_actions.not_registered'));
  }
  for (const agent of done) {
    await expect(ui.row(agent.id)).not.toContainText(ui.text('node_actions.failed'));
  }
}
