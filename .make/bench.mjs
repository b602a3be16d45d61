// Measures the release program: `bench.mjs PROGRAM`. Times are noisy, so each figure stands beside that of a bare
// route of the same process, as a ratio.
import autocannon from "autocannon";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CONNECTIONS = 25;
const SECONDS = 6;
const password = "bench-password-1";

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

async function ready(url) {
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((next) => setTimeout(next, 200))) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
  }
  throw new Error(`${url} did not become ready`);
}

async function signIn(base) {
  const answer = await fetch(`${base}/login`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: base },
    body: new URLSearchParams({ username: "admin", password, next: "/" }),
  });
  if (answer.status !== 303) throw new Error(`sign-in answered ${answer.status}`);
  return answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]).join("; ");
}

async function load(base, path, cookie) {
  const result = await autocannon({
    url: base + path,
    connections: CONNECTIONS,
    duration: SECONDS,
    headers: { cookie, "accept-encoding": "identity" },
  });
  if (result.non2xx || result.errors) throw new Error(`${path}: ${result.non2xx} refused, ${result.errors} failed`);
  return { perSecond: result.requests.average, median: result.latency.p50, p97: result.latency.p97_5 };
}

// The bytes of every file that a browser with an empty cache loads for a page, as they cross the wire.
async function firstVisit(base, path, cookie) {
  const get = async (address) => {
    const { request } = await import("node:http");
    return new Promise((resolve, reject) => {
      request(new URL(address, base), { headers: { cookie, "accept-encoding": "br" } }, (answer) => {
        const chunks = [];
        answer.on("data", (chunk) => chunks.push(chunk));
        answer.on("end", () => resolve({ bytes: Buffer.concat(chunks), headers: answer.headers }));
      })
        .on("error", reject)
        .end();
    });
  };
  const text = async (address) => (await fetch(new URL(address, base), { headers: { cookie } })).text();
  const html = await text(path);
  const css = [...html.matchAll(/href="([^"]+\.css)"/g)].map((match) => match[1]);
  const fonts = (await Promise.all(css.map(text))).flatMap((sheet) =>
    [...sheet.matchAll(/url\(["']?(\/[^"')]+)/g)].map((match) => match[1]),
  );
  const linked = [...html.matchAll(/(?:href|src)="(\/[^"]+\.(?:js|wasm|svg|woff2))"/g)].map((match) => match[1]);
  const files = [path, ...new Set([...css, ...fonts, ...linked])];
  const sizes = await Promise.all(files.map(async (file) => [file, (await get(file)).bytes.length]));
  return sizes;
}

const data = mkdtempSync(join(tmpdir(), "sekisho-bench-"));
const listen = `127.0.0.1:${await freePort()}`;
const started = process.hrtime.bigint();
const program = spawn(process.argv[2], ["serve"], {
  stdio: ["ignore", "ignore", "inherit"],
  env: {
    ...process.env,
    RUST_LOG: "warn",
    SEKISHO_LISTEN: listen,
    SEKISHO_DATA_DIR: data,
    SEKISHO_EMBEDDED_LISTEN: `127.0.0.1:${await freePort()}`,
    SEKISHO_ADMIN_PASSWORD: password,
  },
});
try {
  const base = `http://${listen}`;
  await ready(`${base}/readyz`);
  console.log(`first start to ready: ${Number((process.hrtime.bigint() - started) / 1_000_000n)} ms`);
  const cookie = await signIn(base);

  const sizes = await firstVisit(base, "/nodes", cookie);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  console.log(`first visit to /nodes: ${(total / 1000).toFixed(0)} KB in ${sizes.length} files`);
  for (const [file, size] of sizes.sort((a, b) => b[1] - a[1])) {
    console.log(`  ${(size / 1000).toFixed(1).padStart(7)} KB  ${file}`);
  }

  const bare = await load(base, "/healthz", cookie);
  console.log(`/healthz, ${CONNECTIONS} connections: ${bare.perSecond.toFixed(0)} requests/s, median ${bare.median} ms`);
  for (const path of ["/nodes", "/activations", "/activations/new"]) {
    const page = await load(base, path, cookie);
    console.log(
      `${path}: ${(page.perSecond / bare.perSecond).toFixed(3)} of /healthz's requests/s` +
        ` (median ${page.median} ms, 97.5 % within ${page.p97} ms)`,
    );
  }
} finally {
  program.kill("SIGTERM");
  await new Promise((done) => program.once("exit", done));
  rmSync(data, { recursive: true, force: true });
}
