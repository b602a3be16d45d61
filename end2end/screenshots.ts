/** The pictures of the README, and of every page for whoever wants to look at them all. */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { begin, bucket, check } from './support/advanced.ts';
import type { Console } from './support/console.ts';
import { CreateForm } from './support/create-form.ts';
import type { Role, Sekisho } from './support/sekisho.ts';
import { withSoftware } from './support/software.ts';
import { Success } from './support/success.ts';
import { expect, test } from './support/test.ts';
import type { Language } from './support/texts.ts';
import { beginSoftware } from './support/wizard.ts';
import { zip } from './support/zips.ts';

const ALL = process.env.SCREENSHOTS === 'all';
const WIDTHS = ALL ? [1280, 1920, 768] : [1280];
const HEIGHT = 900;
const FOLDER = fileURLToPath(new URL(ALL ? 'screenshots' : '../docs/images', import.meta.url));

const BROWSER = {
  en: { locale: 'en-US', timezoneId: 'Asia/Tokyo' },
  ja: { locale: 'ja-JP', timezoneId: 'Asia/Tokyo' },
};

interface Stage {
  ui: Console;
  page: Page;
  sekisho: Sekisho;
}

type Variant = `${Language}-${'light' | 'dark'}`;

interface Picture {
  name: string;
  /** How the README shows it, where it does. */
  readme: Variant | null;
  /** Who looks at it; operators, where nobody is named. */
  role?: Role;
  /** Brings the page to what the picture shows. */
  show: (stage: Stage) => Promise<void>;
}

const FORM = { description: 'Web servers in Osaka', limit: '20', name: 'osaka-web', role: 'BB_Hybrid_Activation' };

async function openCreateForm(ui: Console): Promise<CreateForm> {
  const form = new CreateForm(ui);
  await form.open();
  await form.fill({ ...FORM, tags: [['site', 'osaka'], ['stage', 'production']] });
  return form;
}

async function openAction(ui: Console, action: string): Promise<void> {
  await ui.open('/nodes?q=bb-ubuntu');
  const id = await ui.page.getByRole('link', { name: /^mi-/ }).first().innerText();
  await ui.open(`/nodes/${action}?id=${id}`);
}

/** Brings a draft with a file of each kind to a step of the wizard. */
async function openWizard({ ui, page }: Stage, step: string, name = 'Hello-Fleet'): Promise<void> {
  await withSoftware(async ({ deb, rpm, msi }) => {
    await beginSoftware(ui, name, '1.2.3');
    await ui.field('publish_software.choose_files').setInputFiles([deb, rpm, msi]);
    for (const name of ['amd64', 'x64', 'noarch']) {
      await expect(page.getByRole('definition').filter({ hasText: name }).first()).toBeVisible();
    }
  });
  await ui.open(page.url().replace(/software$/, step));
  if (step === 'scripts' || step === 'manifest') {
    await expect(page.getByRole('textbox').first()).toHaveClass(/cm-content/);
  }
}

/** Brings zips of which some are bad to a step of the advanced wizard. */
async function openAdvanced({ ui, page, sekisho }: Stage, step: 'manifest' | 'check' | 'review'): Promise<void> {
  const tool = 'zabbix-agent-7.0.5';
  await bucket(sekisho, tool, {
    [`${tool}-amd64.zip`]: zip({ 'install.sh': 'exit 0\n', 'uninstall.sh': 'exit 0\n' }),
    [`${tool}-arm64.zip`]: zip({ 'agent/install.sh': 'exit 0\n', 'uninstall.sh': 'if [[ -f a ]]; then exit 0; fi\n', '../x': '' }),
    [`${tool}-windows.zip`]: Buffer.from('<!DOCTYPE html>'),
  });
  await begin(ui, 'Zabbix-Agent', tool);
  await expect(page.getByText(ui.text('publish_check.fresh_started'))).toBeVisible();
  if (step !== 'manifest') {
    await ui.button('publish.next').click();
    await expect(page).toHaveURL(/\/check$/);
    await check(ui);
  }
  if (step === 'review') {
    await ui.link('publish.next').click();
    await expect(page).toHaveURL(/\/review$/);
    await expect(ui.button('publish_review.create')).toBeVisible();
  }
}

/** Publishes a package, and waits for its end. */
async function publish(stage: Stage, name: string): Promise<void> {
  const { ui, page } = stage;
  await openWizard(stage, 'review', name);
  await ui.button('publish_review.create').click();
  await expect(page.getByRole('main')).toContainText(ui.text('publication.published_title', { name }), { timeout: 40_000 });
}

/** The pages behind the sign-in, in the order in which the README shows them. */
const PICTURES: Picture[] = [
  { name: 'overview', readme: 'en-dark', show: ({ ui }) => ui.open('/') },
  { name: 'activations', readme: 'en-light', show: ({ ui }) => ui.open('/activations') },
  {
    name: 'create',
    readme: 'en-light',
    show: async ({ ui }) => {
      await openCreateForm(ui);
      await ui.page.evaluate(() => scrollTo(0, 0));
    },
  },
  {
    name: 'created',
    readme: 'en-dark',
    show: async ({ ui }) => {
      await Success.after(ui, FORM);
      await ui.page.evaluate(() => scrollTo(0, 0));
    },
  },
  { name: 'nodes', readme: 'ja-light', show: ({ ui }) => ui.open('/nodes') },
  { name: 'get-started', readme: 'ja-light', show: ({ ui }) => ui.open('/get-started') },
  {
    name: 'node',
    readme: 'en-light',
    show: async ({ ui }) => {
      await ui.open('/nodes?q=bb-ubuntu');
      await ui.page.getByRole('link', { name: /^mi-/ }).first().click();
      await expect(ui.page).toHaveURL(/\/nodes\/mi-/);
    },
  },
  {
    name: 'costs',
    readme: 'en-light',
    show: ({ ui }) => ui.open('/costs/hybrid-activations?tier.1=standard&nodes.1=500&tier.2=advanced&nodes.2=1500'),
  },
  { name: 'costs-distributor', readme: null, show: ({ ui }) => ui.open('/costs/distributor') },
  { name: 'deregister', readme: null, show: ({ ui }) => openAction(ui, 'deregister') },
  { name: 'role', readme: null, show: ({ ui }) => openAction(ui, 'role') },
  { name: 'tags', readme: null, show: ({ ui }) => openAction(ui, 'tags') },
  { name: 'get-started-vpc', readme: null, show: ({ ui }) => ui.open('/get-started?network=vpc&system=windows') },
  { name: 'node-settings', readme: 'en-dark', show: ({ ui }) => ui.open('/nodes/settings') },
  { name: 'tier-up', readme: null, show: ({ ui }) => ui.open('/nodes/settings/tier?to=advanced') },
  { name: 'tier-back', readme: null, show: ({ ui }) => ui.open('/nodes/settings/tier?to=standard') },
  { name: 'node-settings-admin', readme: null, role: 'admin', show: ({ ui }) => ui.open('/nodes/settings') },
  { name: 'tier-up-admin', readme: null, role: 'admin', show: ({ ui }) => ui.open('/nodes/settings/tier?to=advanced') },
  { name: 'tier-back-admin', readme: null, role: 'admin', show: ({ ui }) => ui.open('/nodes/settings/tier?to=standard') },
  { name: 'changes', readme: null, show: ({ ui }) => ui.open('/nodes/changes') },
  {
    name: 'create-errors',
    readme: null,
    show: async ({ ui }) => {
      const form = await openCreateForm(ui);
      await form.fill({ limit: '0', name: 'web#1', tags: [['aws:site', 'osaka']] });
      await form.submit.click();
      await expect(form.limit).toHaveAttribute('aria-invalid', 'true');
    },
  },
  {
    name: 'activation',
    readme: null,
    show: async ({ ui, sekisho }) => {
      const { id, code } = await sekisho.aws.createActivation({
        Description: 'Web servers in Osaka',
        DefaultInstanceName: 'osaka-web',
        RegistrationLimit: 20,
        Tags: [{ Key: 'site', Value: 'osaka' }],
      });
      const agent = await sekisho.register(id, code);
      await ui.open(`/activations/${id}`);
      await expect(ui.page.getByText(agent.id)).toBeVisible();
    },
  },
  {
    name: 'delete-activation',
    readme: null,
    show: async ({ ui, sekisho }) => {
      const { id } = await sekisho.aws.createActivation({ Description: 'No longer wanted' });
      await ui.open(`/activations/${id}`);
      await ui.askToDelete(id);
    },
  },
  { name: 'packages', readme: 'ja-light', show: ({ ui }) => ui.open('/packages?owner=amazon') },
  { name: 'packages-table', readme: null, show: ({ ui }) => ui.open('/packages?owner=all&view=table') },
  { name: 'package', readme: null, show: ({ ui }) => ui.open('/packages/AmazonCloudWatchAgent') },
  { name: 'package-versions', readme: null, show: ({ ui }) => ui.open('/packages/AmazonCloudWatchAgent/versions') },
  {
    name: 'package-compare',
    readme: null,
    show: ({ ui }) => ui.open('/packages/AmazonCloudWatchAgent/versions/compare?from=1&to=2'),
  },
  { name: 'package-coverage', readme: 'en-dark', show: ({ ui }) => ui.open('/packages/AmazonCloudWatchAgent/coverage') },
  { name: 'publish-software', readme: 'en-light', role: 'publisher', show: (stage) => openWizard(stage, 'software') },
  { name: 'publish-scripts', readme: 'ja-dark', role: 'publisher', show: (stage) => openWizard(stage, 'scripts') },
  { name: 'publish-manifest', readme: null, role: 'publisher', show: (stage) => openWizard(stage, 'manifest') },
  { name: 'publish-review', readme: null, role: 'publisher', show: (stage) => openWizard(stage, 'review') },
  {
    name: 'publication',
    readme: null,
    role: 'publisher',
    show: (stage) => publish(stage, `Hello-${randomUUID().slice(0, 4)}`),
  },
  {
    name: 'package-record',
    readme: 'ja-light',
    role: 'publisher',
    show: async (stage) => {
      const name = `Hello-${randomUUID().slice(0, 4)}`;
      await publish(stage, name);
      await stage.ui.open(`/packages/${name}`);
      const record = stage.ui.page.getByRole('heading', { name: stage.ui.text('package_record.title') });
      await expect(record).toBeVisible();
      if (!ALL) {
        await record.evaluate((heading) => heading.scrollIntoView({ block: 'center' }));
      }
    },
  },
  { name: 'advanced-manifest', readme: null, role: 'publisher', show: (stage) => openAdvanced(stage, 'manifest') },
  { name: 'advanced-check', readme: 'en-light', role: 'publisher', show: (stage) => openAdvanced(stage, 'check') },
  { name: 'advanced-review', readme: null, role: 'publisher', show: (stage) => openAdvanced(stage, 'review') },
  {
    name: 'drafts',
    readme: null,
    role: 'publisher',
    show: async (stage) => {
      await openWizard(stage, 'software');
      await stage.ui.open('/packages/create');
    },
  },
  {
    name: 'tokens',
    readme: null,
    role: 'publisher',
    show: async ({ ui }) => {
      await ui.open('/tokens');
      await ui.field('tokens.name').fill(`GitLab, agents/zabbix ${randomUUID().slice(0, 4)}`);
      await ui.button('tokens.make').click();
      await expect(ui.page.getByText(/^sekisho_/)).toBeVisible();
      await ui.open('/tokens');
    },
  },
  { name: 'publishers', readme: null, role: 'admin', show: ({ ui }) => ui.open('/settings/publishers') },
  {
    name: 'publisher-rule',
    readme: null,
    role: 'admin',
    show: ({ ui }) => ui.open('/settings/publishers/edit?person=publisher'),
  },
  { name: 'activations-none', readme: null, show: ({ ui }) => ui.open('/activations?q=nothing') },
  { name: 'not-found', readme: null, show: ({ ui }) => ui.open('/nowhere') },
];

/** Waits for fonts and for pictures of the page to have settled, then shoots. */
async function shoot(page: Page, name: string): Promise<void> {
  // Whatever was clicked last shall not look hovered.
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage: ALL, animations: 'disabled', caret: 'hide' });
}

for (const language of ['en', 'ja'] as Language[]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${language} ${colorScheme}`, () => {
      test.use({ language, colorScheme, ...BROWSER[language], viewport: { width: 1280, height: HEIGHT } });

      const variant: Variant = `${language}-${colorScheme}`;
      for (const { name, role, show } of PICTURES.filter(({ readme }) => ALL || readme === variant)) {
        test.describe(role ?? 'operator', () => {
          test.use({ role: role ?? 'operator' });

          test(name, async ({ ui, page, sekisho, problems }) => {
            problems.expect(/.*/);
            test.setTimeout(WIDTHS.length * 60_000);
            page.on('dialog', (dialog) => dialog.accept());
            // Anew for each width: as a page loads there, not as one that was made narrower.
            for (const width of WIDTHS) {
              await page.setViewportSize({ width, height: HEIGHT });
              await show({ ui, page, sekisho });
              await shoot(page, [name, variant, ...(ALL ? [width] : [])].join('-'));
            }
          });
        });
      }

      if (ALL) {
        test.describe('before signing in', () => {
          test.use({ role: null });

          test('login', async ({ ui, page }) => {
            for (const width of WIDTHS) {
              await page.setViewportSize({ width, height: HEIGHT });
              await ui.open('/login');
              await shoot(page, `login-${language}-${colorScheme}-${width}`);
            }
          });
        });

        test.describe('as a viewer', () => {
          test.use({ role: 'viewer' });

          test('activations', async ({ ui, page }) => {
            await ui.open('/activations');
            await shoot(page, `activations-viewer-${language}-${colorScheme}`);
          });
        });
      }
    });
  }
}
