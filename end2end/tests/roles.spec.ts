/** What each role may do, on the page and past it; what it may not do is shown with the reason. */
import { CreateForm } from '../support/create-form.ts';
import { PAGES } from '../support/pages.ts';
import type { Role } from '../support/sekisho.ts';
import { Success } from '../support/success.ts';
import { expect, test } from '../support/test.ts';

for (const role of ['viewer', 'publisher'] as Role[]) {
  test.describe(`a ${role}`, () => {
    test.use({ role });

    test('sees that creating and deleting are not theirs, and why', async ({ page, ui, sekisho }) => {
      await ui.open('/activations');
      await ui.expectForbidden(ui.button('activations.create'), 'activations.create_denied');
      await ui.open('/activations/new');
      await expect(page.getByRole('main')).toContainText(ui.text('activations.create_denied'));
      await expect(new CreateForm(ui).submit).toHaveCount(0);
      const { id } = await sekisho.aws.createActivation();
      await ui.open(`/activations/${id}`);
      await ui.expectForbidden(ui.button('activations.delete'), 'activations.delete_denied');
    });

    test('is refused past the page too', async ({ page, sekisho }) => {
      const { id } = await sekisho.aws.createActivation();
      const node = (await sekisho.aws.nodes()).find(({ InstanceId }) => InstanceId.startsWith('mi-'))!;
      // What each of these forms takes.
      const form = {
        description: `by a ${role}`,
        registration_limit: '1',
        submission: crypto.randomUUID(),
        id: node.InstanceId,
        iam_role: 'SSMServerRoleWithoutPolicy',
        'tags[0][key]': 'by',
        'tags[0][value]': role,
        consent: 'yes',
      };
      const activations = ['/activations/new', `/activations/${id}/delete`];
      const nodes = ['/nodes/deregister', '/nodes/role', '/nodes/tags', '/nodes/settings/tier?to=advanced'];
      for (const path of [...activations, ...nodes]) {
        expect((await page.request.post(path, { form })).status(), path).toBe(403);
      }
      expect(await sekisho.aws.activationsDescribedAs(`by a ${role}`)).toEqual([]);
      expect(await sekisho.aws.activationIds()).toContain(id);
      expect((await sekisho.aws.node(node.InstanceId))?.IamRole).toBe(node.IamRole);
      expect(await sekisho.aws.nodeTags(node.InstanceId)).not.toHaveProperty('by');
      expect((await sekisho.aws.tier()).value).toBe('standard');
    });
  });
}

test.describe('a viewer', () => {
  test.use({ role: 'viewer' });

  test('reads every page, and never receives a code, not even in an answer that no page shows @english', async ({ ui, page, another, sekisho, texts }) => {
    test.setTimeout(PAGES.length * 10_000);
    // The code is known from elsewhere: whatever the viewer is sent while and after it is made must not hold it.
    const bodies: Promise<string>[] = [];
    // The site's files are the same for everybody, and the live events, which are numbers, never end.
    const told = (url: string) => !/\/(pkg|fonts|events)\b/.test(url);
    page.on('response', (response) => told(response.url()) && bodies.push(response.text().catch(() => '')));
    await ui.open('/activations');

    const success = await Success.after(ui.on(await another('operator')), { description: 'not for viewers' });
    const { id, code } = await success.read(sekisho);
    for (const path of [...PAGES, `/activations/new?clone=${id}`, `/activations/${id}`]) {
      await ui.open(path);
      await expect(ui.title, path).toBeVisible();
    }
    await expect(page.getByText(id)).not.toHaveCount(0);
    await expect(page.locator('html')).toHaveAttribute('lang', texts.language);
    const received = (await Promise.all(bodies)).join('\n');
    expect(received).toContain(id);
    expect(received.includes(code), 'the code was sent').toBe(false);
  });
});

test.describe('a publisher', () => {
  test.use({ role: 'publisher' });

  test('reads every page @no-script', async ({ page, ui, sekisho }) => {
    const { id } = await sekisho.aws.createActivation();
    for (const path of [...PAGES, `/activations/${id}`]) {
      await ui.open(path);
      await expect(ui.title, path).toBeVisible();
    }
    await expect(page.getByText(id)).not.toHaveCount(0);
  });
});

for (const role of ['operator', 'admin'] as Role[]) {
  test.describe(`an ${role}`, () => {
    test.use({ role });

    test('is offered to create and to delete', async ({ ui, sekisho }) => {
      const { id } = await sekisho.aws.createActivation();
      await ui.open('/activations/new');
      await expect(new CreateForm(ui).submit).toBeEnabled();
      await ui.open(`/activations/${id}`);
      await expect(ui.link('activations.delete_named', { name: id })).toBeVisible();
    });
  });
}
