/** Child processes whose output is kept. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const PROGRAM = process.env.SEKISHO_BIN ?? fileURLToPath(new URL('../../target/debug/sekisho', import.meta.url));

/** How long a program may take to start, or to stop, in milliseconds. */
const PATIENCE = 30_000;

/** A running `sekisho`. */
export class Program {
  readonly #child: ChildProcess;
  readonly #output: string[] = [];

  constructor(args: string[], environment: Record<string, string>) {
    this.#child = spawn(PROGRAM, args, { env: cleanEnvironment(environment), stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#output.push(chunk.toString()));
    this.#child.stderr?.on('data', (chunk: Buffer) => this.#output.push(chunk.toString()));
    this.#child.on('error', (error) => this.#output.push(`${PROGRAM}: ${error.message}\n`));
  }

  /** Everything it has printed so far. */
  output(): string {
    return this.#output.join('');
  }

  /** Whether it still runs. */
  get running(): boolean {
    return this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Waits until the address answers with success. */
  async answers(url: string): Promise<void> {
    const deadline = Date.now() + PATIENCE;
    while (Date.now() < deadline) {
      if (!this.running) {
        throw new Error(`sekisho has ended instead of starting:\n${this.output()}`);
      }
      const answer = await fetch(url).catch(() => undefined);
      if (answer?.ok) {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${url} does not answer:\n${this.output()}`);
  }

  /** Ends it as a service manager would. Returns its exit code. */
  async terminate(): Promise<number | null> {
    if (this.running) {
      const ended = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      const giveUp = setTimeout(() => this.#child.kill('SIGKILL'), PATIENCE);
      await ended;
      clearTimeout(giveUp);
    }
    return this.#child.exitCode;
  }
}

/** Runs `sekisho` to its end with text on its standard input. */
export async function run(args: string[], environment: Record<string, string>, input: string): Promise<string> {
  const child = spawn(PROGRAM, args, { env: cleanEnvironment(environment), stdio: 'pipe' });
  const output: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  if (code !== 0) {
    throw new Error(`sekisho ${args.join(' ')} ended with ${code}:\n${output.join('')}`);
  }
  return output.join('');
}

/** A loopback address that was free a moment ago. */
export async function freeAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('no port');
  }
  return `127.0.0.1:${address.port}`;
}

/** This process's environment without what would configure Sekisho or AWS behind the test's back. */
function cleanEnvironment(own: Record<string, string>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(SEKISHO_|AWS_|DATABASE_URL$|HTTPS?_PROXY$|https?_proxy$)/.test(name),
  );
  return { ...Object.fromEntries(inherited), ...own };
}
