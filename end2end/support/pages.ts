/** The console's addresses behind the sign-in. */

/** Every page that needs no id. */
export const PAGES = ['/', '/activations', '/activations/new', '/nodes'] as const;
