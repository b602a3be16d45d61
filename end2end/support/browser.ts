/** The Chromium that the tests drive, and how it is started. */

/** Debian's browser unless `CHROMIUM` names another. */
export const launchOptions = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
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
