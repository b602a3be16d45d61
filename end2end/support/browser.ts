/** The Chromium that the tests drive, and how it is started. */

/** Debian's Chromium without a user interface, which is faster than with one hidden, unless `CHROMIUM` names another. */
export const launchOptions = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
  // No sandbox: Chromium refuses it to root, which is who runs in most containers. The rest keeps it from calling home.
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
