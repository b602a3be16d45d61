/** A console of a test's own: its processes, people and data. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from '@playwright/test';
import { Agent } from './agent.ts';
import { Aws, REGION } from './aws.ts';
import { Program, freeAddress, run } from './process.ts';
import { Secrets } from './secrets.ts';
import { Upstream } from './upstream.ts';

/** Where activations and nodes live: in the program's own stand-in, or behind AWS's variables. */
export type Backend = 'embedded' | 'aws';

/** A person's role in Sekisho. */
export type Role = 'viewer' | 'publisher' | 'operator' | 'admin';

export const ROLES: Role[] = ['viewer', 'publisher', 'operator', 'admin'];

type StorageState = Awaited<ReturnType<Awaited<ReturnType<typeof request.newContext>>['storageState']>>;

interface Options {
  backend: Backend;
  /** Simulated nodes that the stand-in starts with. */
  nodes: number;
}

export class Sekisho {
  readonly secrets = new Secrets();
  /** The account behind the console's back. */
  readonly aws: Aws;
  readonly #sessions = new Map<Role, StorageState>();
  readonly #passwords = new Map<Role, string>();
  #registered = 0;
  #console!: Program;
  #emulator: Program | undefined;
  #upstream: Upstream | undefined;

  private constructor(
    /** The console's address, such as `http://127.0.0.1:40001`. */
    readonly url: string,
    /** The stand-in's address, which agents talk to. */
    readonly awsUrl: string,
    readonly nodes: number,
    private readonly dataFolder: string,
  ) {
    this.aws = new Aws(awsUrl, this.secrets);
    for (const role of ROLES) {
      const password = randomBytes(18).toString('base64url');
      this.#passwords.set(role, password);
      this.secrets.add(`password of ${role}`, password);
    }
  }

  /** Starts a console and adds one person of each role, named after it. */
  static async start({ backend, nodes }: Options): Promise<Sekisho> {
    const [listen, awsListen] = [await freeAddress(), await freeAddress()];
    const folder = await mkdtemp(join(tmpdir(), 'sekisho-'));
    const sekisho = new Sekisho(`http://${listen}`, `http://${awsListen}`, nodes, folder);
    try {
      await (backend === 'aws' ? sekisho.#startWithAws(listen) : sekisho.#startEmbedded(listen, awsListen));
      for (const role of ROLES.filter((role) => role !== 'admin')) {
        const password = sekisho.password(role);
        const args = ['user', 'add', role, '--role', role];
        await run(args, { SEKISHO_DATA_DIR: sekisho.#consoleData }, `${password}\n`);
      }
    } catch (error) {
      await sekisho.#end();
      throw error;
    }
    return sekisho;
  }

  get #consoleData(): string {
    return join(this.dataFolder, 'console');
  }

  async #startEmbedded(listen: string, awsListen: string): Promise<void> {
    this.#console = await this.#serve(listen, {
      SEKISHO_BACKEND: 'embedded',
      SEKISHO_EMBEDDED_LISTEN: awsListen,
      SEKISHO_EMBEDDED_NODES: String(this.nodes),
    });
  }

  async #startWithAws(listen: string): Promise<void> {
    await this.startEmulator();
    this.#upstream = await Upstream.start(this.awsUrl);
    this.#console = await this.#serve(listen, {
      SEKISHO_BACKEND: 'aws',
      SEKISHO_REFRESH_SECONDS: '1',
      AWS_ENDPOINT_URL: this.#upstream.url,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    });
  }

  async #serve(listen: string, environment: Record<string, string>): Promise<Program> {
    const program = new Program(['serve'], {
      SEKISHO_LISTEN: listen,
      SEKISHO_DATA_DIR: this.#consoleData,
      SEKISHO_ADMIN_PASSWORD: this.password('admin'),
      RUST_LOG: 'debug,hyper=info,rustls=info',
      ...environment,
    });
    this.#console = program;
    await program.answers(`${this.url}/readyz`);
    return program;
  }

  /** Starts the stand-in that AWS's variables point at, with what it has kept. */
  async startEmulator(): Promise<void> {
    this.#emulator = new Program(['emulator'], {
      SEKISHO_EMBEDDED_LISTEN: new URL(this.awsUrl).host,
      SEKISHO_DATA_DIR: join(this.dataFolder, 'emulator'),
      SEKISHO_EMBEDDED_NODES: String(this.nodes),
    });
    await this.#emulator.answers(`${this.awsUrl}/health`);
  }

  /** What the console's calls to AWS go through, where AWS is not its own. */
  get upstream(): Upstream {
    if (this.#upstream === undefined) {
      throw new Error('the stand-in is embedded');
    }
    return this.#upstream;
  }

  /** Stops it, as if AWS could not be reached. */
  async stopEmulator(): Promise<void> {
    await this.#emulator?.terminate();
  }

  password(role: Role): string {
    const password = this.#passwords.get(role);
    if (password === undefined) {
      throw new Error(`nobody is ${role}`);
    }
    return password;
  }

  /** Cookies of somebody with this role who has signed in. */
  async session(role: Role): Promise<StorageState> {
    const known = this.#sessions.get(role);
    if (known) {
      return known;
    }
    // Without the cookies of the test that asks: signing in with them would end the session that they belong to.
    const nobody = { cookies: [], origins: [] };
    const browser = await request.newContext({ baseURL: this.url, storageState: nobody });
    const form = { username: role, password: this.password(role) };
    const answer = await browser.post('/login', { form, maxRedirects: 0 });
    if (answer.status() !== 303) {
      throw new Error(`signing in as ${role} was answered with ${answer.status()}`);
    }
    const state = await browser.storageState();
    await browser.dispose();
    for (const cookie of state.cookies.filter((cookie) => cookie.httpOnly)) {
      this.secrets.add(`session of ${role}`, cookie.value);
    }
    this.#sessions.set(role, state);
    return state;
  }

  /** A machine joins with an activation's code. */
  async register(activationId: string, code: string): Promise<Agent> {
    const agent = await Agent.register(this.awsUrl, activationId, code);
    this.#registered += 1;
    return agent;
  }

  /** How many machines have joined besides the simulated ones. */
  get registered(): number {
    return this.#registered;
  }

  /** What its processes have printed. */
  logs(): string {
    return `${this.#console?.output() ?? ''}${this.#emulator?.output() ?? ''}`;
  }

  /** Ends everything, then looks for secrets in all that it leaves behind. */
  async stop(): Promise<void> {
    const code = await this.#console.terminate();
    await this.#emulator?.terminate();
    const leaks = [
      ...this.secrets.in(this.logs()).map((kind) => `log: ${kind}`),
      ...this.secrets.inFolder(this.dataFolder),
    ];
    await this.#end();
    if (code !== 0) {
      throw new Error(`sekisho ended with ${code} on SIGTERM:\n${this.logs()}`);
    }
    if (leaks.length > 0) {
      throw new Error(`secrets were found:\n${leaks.join('\n')}`);
    }
  }

  async #end(): Promise<void> {
    await this.#console?.terminate();
    await this.#emulator?.terminate();
    this.#upstream?.stop();
    await rm(this.dataFolder, { recursive: true, force: true });
  }
}
