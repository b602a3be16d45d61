/** The console's addresses behind the sign-in. */
import type { Role } from './sekisho.ts';

/** Every page that needs no id. */
export const PAGES = [
  '/',
  '/get-started',
  '/get-started?network=vpc&region=eu-central-1&system=windows',
  '/activations',
  '/activations/new',
  '/nodes',
  '/nodes/changes',
  '/nodes/settings',
  '/nodes/settings/tier?to=advanced',
  '/nodes/settings/tier?to=standard',
  '/packages',
  '/packages?owner=amazon&view=table',
  '/packages/create',
  '/packages/AmazonCloudWatchAgent',
  '/packages/AmazonCloudWatchAgent/versions',
  '/packages/AmazonCloudWatchAgent/versions/compare',
  '/packages/AmazonCloudWatchAgent/coverage',
  '/settings/publishers',
  '/settings/publishers/edit',
  '/tokens',
  '/costs/hybrid-activations',
  '/costs/distributor',
  '/costs/estimates',
  '/costs/compare',
] as const;

/** Pages that tell the operator only why they are not for operators, and who can do what they are for. */
const FOR_OTHERS: Partial<Record<(typeof PAGES)[number], Role>> = {
  '/nodes/settings/tier?to=advanced': 'admin',
  '/nodes/settings/tier?to=standard': 'admin',
  '/packages/create': 'publisher',
  '/settings/publishers': 'admin',
  '/settings/publishers/edit': 'admin',
  '/tokens': 'publisher',
};

/** The pages that show this role most. */
export function pagesFor(role: Role): string[] {
  return PAGES.filter((path) => (FOR_OTHERS[path] ?? 'operator') === role);
}
