// The programs that are measured: started on free ports, with their data in a folder that goes with them.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PASSWORD = "bench-password-1";

export const freeAddress = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(`127.0.0.1:${port}`));
    });
  });

export const folder = () => {
  const path = mkdtempSync(join(tmpdir(), "sekisho-bench-"));
  process.on("exit", () => rmSync(path, { recursive: true, force: true }));
  return path;
};

// This process's environment without what would configure Sekisho or AWS behind the measurement's back.
const inherited = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(SEKISHO_|AWS_|DATABASE_URL$|(HTTPS?|ALL)_PROXY$|(https?|all)_proxy$)/.test(name),
    ),
  );

export class Program {
  #process;

  constructor(path, args, environment) {
    this.#process = spawn(path, args, {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...inherited(), RUST_LOG: "warn", ...environment },
    });
  }

  // Memory in use, and the most there has been, in MiB (Linux).
  memory() {
    const status = readFileSync(`/proc/${this.#process.pid}/status`, "utf8");
    const mebibytes = (field) => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) / 1024;
    return { now: mebibytes("VmRSS"), most: mebibytes("VmHWM") };
  }

  async stop() {
    if (this.#process.exitCode === null) {
      const ended = new Promise((done) => this.#process.once("exit", done));
      this.#process.kill("SIGTERM");
      await ended;
    }
  }
}

export async function ready(url, seconds = 60) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await new Promise((next) => setTimeout(next, 100))) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
  }
  throw new Error(`${url} did not become ready`);
}

// A console that has been signed in to.
export class Console {
  constructor(base, program, cookie) {
    Object.assign(this, { base, program, cookie });
  }

  static async start(path, environment) {
    const listen = await freeAddress();
    const program = new Program(path, ["serve"], {
      SEKISHO_LISTEN: listen,
      SEKISHO_DATA_DIR: folder(),
      SEKISHO_ADMIN_PASSWORD: PASSWORD,
      ...environment,
    });
    try {
      const base = `http://${listen}`;
      await ready(`${base}/readyz`);
      return new Console(base, program, await signIn(base));
    } catch (error) {
      await program.stop();
      throw error;
    }
  }

  async call(path, body) {
    const headers = { cookie: this.cookie, "content-type": "application/json" };
    const answer = await fetch(this.base + path, { method: "POST", headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return answer.json();
  }

  /** Waits until the console knows of so many nodes. */
  async shows(nodes) {
    for (const end = Date.now() + 600_000; Date.now() < end; await new Promise((next) => setTimeout(next, 500))) {
      const { total } = await this.call("/api/nodes/list", { query: "" });
      if (total >= nodes) return;
    }
    throw new Error(`there are not ${nodes} nodes`);
  }
}

async function signIn(base) {
  const answer = await fetch(`${base}/login`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: base },
    body: new URLSearchParams({ username: "admin", password: PASSWORD, next: "/" }),
  });
  if (answer.status !== 303) throw new Error(`sign-in answered ${answer.status}`);
  return answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]).join("; ");
}
