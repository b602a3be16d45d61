/** The console's addresses behind the sign-in. */

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
