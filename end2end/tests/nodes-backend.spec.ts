/** AWS throttles, fails, hangs or is gone: the node list stays readable, says how old it is and why, and recovers by itself. */
import { NodeList } from '../support/node-list.ts';
import { expect, test } from '../support/test.ts';
import type { Fault } from '../support/upstream.ts';

// A console of their own: nobody else's nodes would be refreshed meanwhile.
test.use({ nodes: 5 });

const REASONS: [Fault, string, number][] = [
  ['throttling', 'errors.throttled', 30_000],
  ['failing', 'errors.upstream', 30_000],
  ['gone', 'errors.unreachable', 30_000],
  // The call is given up after half a minute.
  ['hanging', 'errors.unreachable', 60_000],
];

for (const [fault, reason, patience] of REASONS) {
  test(`${fault}, then well again @aws`, async ({ ui, page, sekisho }) => {
    test.setTimeout(120_000);
    const list = new NodeList(ui);
    await list.open('?q=bb-ubuntu');
    await expect(list.rows).toHaveCount(1);
    sekisho.upstream.fault = fault;
    try {
      const alert = page.getByRole('alert').or(page.getByRole('status')).filter({ hasText: ui.text('nodes.stale') });
      await expect(alert).toBeVisible({ timeout: patience });
      await expect(alert).toContainText(ui.texts.within(reason));
      await expect(alert).toContainText(ui.text('nodes.stale_since'));
      await expect(alert.locator('time')).toHaveAttribute('datetime', /^\d{4}-/);
      await expect(list.rows).toHaveCount(1);
      await page.reload();
      await ui.ready();
      await expect(alert, 'who comes later is told too').toContainText(ui.text('nodes.stale_since'));
      await expect(list.rows).toHaveCount(1);
      await list.add(['platform_type', '=', 'Windows']);
      await expect(page.getByText(ui.text('table.no_matches_hint'))).toBeVisible();
    } finally {
      sekisho.upstream.fault = undefined;
    }
    await expect(page.getByText(ui.text('nodes.stale')), 'it recovers without anybody asking').toHaveCount(0, { timeout: 60_000 });
  });
}
