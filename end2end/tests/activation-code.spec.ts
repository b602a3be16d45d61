/** The activation code: shown once, kept nowhere. */
import { readFile } from 'node:fs/promises';
import { Agent } from '../support/agent.ts';
import { REGION } from '../support/aws.ts';
import { CreateForm } from '../support/create-form.ts';
import { expect, test } from '../support/test.ts';
import { Success } from '../support/success.ts';

const SYSTEMS = [
  'Amazon Linux 2023',
  'Amazon Linux 2',
  'RHEL, CentOS, Rocky Linux, AlmaLinux, Oracle Linux',
  'SUSE Linux Enterprise Server',
  'Debian',
  'Ubuntu (deb)',
  'Ubuntu (snap)',
  'Raspberry Pi OS',
  'Windows (PowerShell)',
];

test.describe('with script', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('the code is masked until somebody asks for it, copied and kept as a file unseen, and the browser keeps nothing @script', async ({ ui, page, context, sekisho }) => {
    const success = await Success.after(ui, { description: 'masked' });
    await expect(success.id).toHaveText(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    await ui.button('activations.code_copy').click();
    await expect(page.getByText(ui.text('common.copied')).first()).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      ui.button('activations.code_download').click(),
    ]);
    await expect(success.code).toBeHidden();

    const { code, id } = await success.read(sekisho);
    expect(copied).toBe(code);
    const text = await readFile(await download.path(), 'utf8');
    expect(text).toContain(code);
    expect(text).toContain(id);
    expect(text).toContain(REGION);
    expect(download.suggestedFilename()).not.toContain(code);

    await success.reveal();
    await expect(success.code).toBeHidden();
    await success.commandsFor('Debian');
    await expect(page.getByText(code).and(page.locator(':visible'))).toHaveCount(0);

    expect(page.url()).not.toContain(code);
    const kept = await page.evaluate(() =>
      JSON.stringify([history.state, { ...localStorage }, { ...sessionStorage }, document.cookie, document.title]),
    );
    expect(kept).not.toContain(code);
    expect(JSON.stringify(await context.cookies())).not.toContain(code);
  });

  test('leaving before the code was copied asks first, afterwards not @script', async ({ ui, page }) => {
    await Success.after(ui, { description: 'left behind' });
    const asked: string[] = [];
    let answer: 'dismiss' | 'accept' = 'dismiss';
    page.on('dialog', async (dialog) => {
      asked.push(dialog.type());
      await dialog[answer]();
    });

    // A part of the page, and another tab: nobody leaves.
    await ui.link('layout.skip').press('Enter');
    await expect(page).toHaveURL(/#content$/);
    const elsewhere = ui.navigation.getByRole('link', { name: ui.text('layout.managed_nodes') });
    const opened = page.context().waitForEvent('page');
    await elsewhere.click({ modifiers: ['ControlOrMeta'] });
    const tab = await opened;
    await tab.waitForLoadState();
    await tab.close();
    expect(asked).toEqual([]);

    await elsewhere.click();
    await expect.poll(() => asked.length).toBe(1);
    await expect(page, 'the page stays').toHaveURL(/\/activations\/new/);

    await page.evaluate(() => void setTimeout(() => location.reload()));
    await expect.poll(() => asked).toContain('beforeunload');
    await expect(page.getByText(ui.text('activations.success_title'))).toBeVisible();

    await ui.button('activations.code_copy').click();
    await expect(page.getByText(ui.text('common.copied')).first()).toBeVisible();
    const before = asked.length;
    answer = 'accept';
    await ui.navigation.getByRole('link', { name: ui.text('layout.managed_nodes') }).click();
    await expect(page).toHaveURL('/nodes');
    expect(asked.length).toBe(before);
  });

  test('so does going back, which is taken back by whoever stays @script', async ({ ui, page }) => {
    await ui.open('/activations');
    await page.getByRole('main').getByRole('link', { name: ui.text('activations.create') }).first().click();
    const success = await Success.afterShown(ui, { description: 'nearly left behind' });
    page.once('dialog', (dialog) => dialog.dismiss());
    await page.goBack();
    await expect(page).toHaveURL('/activations/new');
    await success.expectShown();
    page.once('dialog', (dialog) => dialog.accept());
    await page.goBack();
    await expect(page).toHaveURL('/activations');
    await expect(success.id).toHaveCount(0);
  });

  test('the count goes up while one looks on, and is announced @script', async ({ ui, page, sekisho }) => {
    const success = await Success.after(ui, { description: 'counted', limit: '2', name: 'joined' });
    const { id, code } = await success.read(sekisho);
    const count = (registered: number) => page.getByText(ui.text('activations.progress', { count: registered, limit: 2 }));
    await expect(count(0)).toBeVisible();
    await expect(page.locator('[aria-live], [role=status]').filter({ has: count(0) })).not.toHaveCount(0);
    const agent = await sekisho.register(id, code);
    await agent.report({ computerName: 'joined.example.com' });
    await expect(count(1)).toBeVisible();
    await sekisho.register(id, code);
    await expect(count(2)).toBeVisible();
  });

  test('two clicks create one activation @script', async ({ ui, sekisho }, info) => {
    const description = `clicked twice ${info.project.name}`;
    const form = new CreateForm(ui);
    await form.open();
    await form.fill({ description, role: 'BB_Hybrid_Activation' });
    await form.submit.dblclick();
    await expect(ui.page.getByText(ui.text('activations.success_title'))).toBeVisible();
    expect(await sekisho.aws.activationsDescribedAs(description)).toHaveLength(1);
  });
});

test('no cache may keep the answer with the code, and reloading or going back shows none', async ({ ui, page, sekisho }) => {
  page.on('dialog', (dialog) => dialog.accept());
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  const success = await Success.after(ui, { description: 'seen once' });
  expect((await answer).headers()['cache-control']).toContain('no-store');
  const { code } = await success.read(sekisho);
  await page.goto('/activations');
  // Without script the way back leads to a posted form: the browser has not kept its answer, and says so instead.
  await page.goBack().catch((error: Error) => expect(error.message).toContain('ERR_CACHE_MISS'));
  // While the browser still exchanges the page for its message, there is nothing to read.
  await expect(async () => expect(await page.content()).not.toContain(code)).toPass();
  await page.goto('/activations/new');
  await page.reload();
  expect(await page.content()).not.toContain(code);
});

test('sending the same form again gives no second activation and no code', async ({ ui, sekisho }, info) => {
  const description = `sent again ${info.project.name}`;
  const form = new CreateForm(ui);
  await form.open();
  await form.fill({ description, role: 'BB_Hybrid_Activation' });
  expect((await form.post()).status()).toBe(200);
  const second = await form.post();
  expect(second.status()).toBe(409);
  const [created, ...more] = await sekisho.aws.activationsDescribedAs(description);
  expect(more).toEqual([]);
  expect(await second.text(), 'the way to what the first one created').toContain(`/activations/${created?.ActivationId}`);
});

test('commands for each system are ready to paste', async ({ ui, sekisho }) => {
  const success = await Success.after(ui, { description: 'commands' });
  const { id, code } = await success.read(sekisho);
  for (const system of SYSTEMS) {
    const commands = await success.commandsFor(system);
    const expectRoute = async (route: string, program: string) => {
      const [script = ''] = await commands.getByRole('region', { name: route }).allInnerTexts();
      for (const part of [id, code, REGION, program]) {
        expect(script, `${system}: ${route}`).toContain(part);
      }
    };
    // A snap brings the agent; everywhere else AWS's set-up program comes first, the classic route beside it.
    if (system === 'Ubuntu (snap)') {
      await expectRoute(ui.text('registration.classic_snap'), 'amazon-ssm-agent -register');
      continue;
    }
    await expectRoute(ui.text('registration.setup_cli'), 'ssm-setup-cli');
    const classic = ui.text('registration.classic');
    await commands.getByText(classic, { exact: true }).click();
    await expectRoute(classic, system.startsWith('Windows') ? 'AmazonSSMAgentSetup.exe' : 'amazon-ssm-agent -register');
  }
});

test('a machine joins with the code, and its page is one click away', async ({ ui, page, sekisho }, info) => {
  const success = await Success.after(ui, { description: 'joined', name: `joined-${info.project.name}` });
  const { id, code } = await success.read(sekisho);
  const agent = await sekisho.register(id, code);
  await agent.report({ computerName: 'joined.example.com' });
  const plain = await page.context().newPage();
  await expect(async () => {
    await plain.goto('/nodes');
    await expect(plain.getByRole('row').filter({ hasText: agent.id })).toContainText(`joined-${info.project.name}`, { timeout: 500 });
  }).toPass();
  await plain.goto(`/activations/${id}`);
  await expect(plain.getByText(agent.id)).toBeVisible();
});

test('a code that is used up, wrong or deleted lets nobody in', async ({ ui, page, sekisho, problems }) => {
  // The page follows its activation, and may hear that it is gone.
  problems.expectStatus(404);
  const success = await Success.after(ui, { description: 'one machine' });
  const { id, code } = await success.read(sekisho);
  await sekisho.register(id, code);
  await expect(Agent.register(sekisho.awsUrl, id, code)).rejects.toThrow('RegistrationLimitExceeded');
  await expect(Agent.register(sekisho.awsUrl, id, 'wrongwrongwrongwrong')).rejects.toThrow('InvalidActivation');
  expect((await page.request.post(`/activations/${id}/delete`, { maxRedirects: 0 })).status()).toBe(303);
  await expect(Agent.register(sekisho.awsUrl, id, code)).rejects.toThrow('InvalidActivation');
});
