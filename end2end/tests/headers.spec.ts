/** What every answer carries besides its content. */
import { PAGES } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

/** A policy's directives by name. */
function directives(policy: string): Map<string, string[]> {
  return new Map(
    policy
      .split(';')
      .map((directive) => directive.trim().split(/\s+/))
      .map(([name = '', ...sources]) => [name, sources]),
  );
}

const nonceOf = (policy: Map<string, string[]>) =>
  policy
    .get('script-src')
    ?.map((source) => /^'nonce-(.+)'$/.exec(source)?.[1])
    .find((nonce) => nonce !== undefined);

for (const path of ['/login', '/nowhere', ...PAGES]) {
  test(`${path} allows only its own scripts @http`, async ({ context }) => {
    const answer = await context.request.get(path);
    const policy = directives(answer.headers()['content-security-policy'] ?? '');
    const nonce = nonceOf(policy);
    expect(nonce, 'a nonce').toBeTruthy();
    const allowed = [...policy.values()].flat();
    expect(allowed).not.toContain("'unsafe-inline'");
    expect(allowed).not.toContain("'unsafe-eval'");
    expect(allowed).not.toContain('*');
    expect(policy.get('default-src')).toEqual(["'none'"]);
    expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
    expect(policy.get('base-uri')).toEqual(["'none'"]);
    expect(policy.get('form-action')).toEqual(["'self'"]);

    const html = await answer.text();
    const scripts = html.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) {
      expect(script).toContain(`nonce="${nonce}"`);
    }
    expect(html).not.toMatch(/<[^>]+\son[a-z]+=/);
    expect(html).not.toMatch(/<[^>]+\sstyle=/);
  });

  test(`${path} is kept out of caches and frames @http`, async ({ context }) => {
    const headers = (await context.request.get(path)).headers();
    expect(headers['cache-control']).toContain('no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('same-origin');
    expect(headers['permissions-policy']).toBeTruthy();
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['x-request-id']).toBeTruthy();
    expect(headers['strict-transport-security'], 'only promised over TLS').toBeUndefined();
  });
}

test('a nonce is used once @http', async ({ context }) => {
  const nonces = new Set<string | undefined>();
  for (let visit = 0; visit < 3; visit += 1) {
    const headers = (await context.request.get('/')).headers();
    nonces.add(nonceOf(directives(headers['content-security-policy'] ?? '')));
  }
  expect(nonces.size).toBe(3);
});

test.describe('before signing in', () => {
  test.use({ role: null });

  test('the module comes compressed, with its type, and is not sent twice @http @make-site', async ({ context }) => {
    const page = await (await context.request.get('/login')).text();
    const path = /"(\/pkg\/[^"]+\.wasm)"/.exec(page)?.[1] ?? '/pkg/sekisho.wasm';
    const first = await context.request.get(path, { headers: { 'accept-encoding': 'br' } });
    expect(first.status()).toBe(200);
    const { etag, ...headers } = first.headers();
    expect(headers['content-type']).toBe('application/wasm');
    expect(headers['content-encoding']).toBe('br');
    expect(etag).toBeTruthy();
    const again = await context.request.get(path, {
      headers: { 'accept-encoding': 'br', 'if-none-match': String(etag) },
    });
    expect(again.status()).toBe(304);
  });

  test('health is told without signing in @http', async ({ context }) => {
    expect((await context.request.get('/healthz')).status()).toBe(200);
    expect((await context.request.get('/readyz')).status()).toBe(200);
  });

  test('everything else asks to sign in @http', async ({ context }) => {
    for (const path of PAGES) {
      const answer = await context.request.get(path, { maxRedirects: 0 });
      expect(answer.status(), path).toBe(303);
      expect(answer.headers().location, path).toMatch(/^\/login\b/);
    }
    expect((await context.request.get('/events')).status()).toBe(401);
    expect((await context.request.post('/api/activations/list')).status()).toBe(401);
  });
});
