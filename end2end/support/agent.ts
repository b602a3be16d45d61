/** A machine that joins with an activation code: a plain HTTP client of AWS's agent protocol. */
import { constants, createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { REGION } from './aws.ts';

/**
 * The keys of every machine here: making a pair costs a sixth of a second. What becomes of the wrong key, and of a node that
 * changes its own, is for the contract tests.
 */
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PUBLIC_KEY = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

const JSON_1_1 = 'application/x-amz-json-1.1';

/** What the agent tells about its machine. */
interface Machine {
  computerName: string;
  platformName?: string;
  platformVersion?: string;
}

/** A registered machine. */
export class Agent {
  private constructor(
    readonly id: string,
    private readonly endpoint: string,
    private readonly fingerprint: string,
  ) {}

  /** `RegisterManagedInstance`, unsigned as the agent sends it. */
  static async register(endpoint: string, activationId: string, code: string): Promise<Agent> {
    const fingerprint = randomUUID();
    const body = await Agent.#register(endpoint, activationId, code, fingerprint);
    return new Agent(String(body.InstanceId), endpoint, fingerprint);
  }

  static async #register(
    endpoint: string,
    activationId: string,
    code: string,
    fingerprint: string,
  ): Promise<Record<string, unknown>> {
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': JSON_1_1, 'x-amz-target': 'AmazonSSM.RegisterManagedInstance' },
      body: JSON.stringify({
        ActivationCode: code,
        ActivationId: activationId,
        PublicKey: PUBLIC_KEY,
        PublicKeyType: 'Rsa',
        Fingerprint: fingerprint,
      }),
    });
    return json(answer);
  }

  /** Registers many machines, several at a time: they are there to be counted. */
  static async registerMany(endpoint: string, activationId: string, code: string, count: number): Promise<void> {
    let left = count;
    const register = async () => {
      while (left > 0) {
        left -= 1;
        await Agent.#register(endpoint, activationId, code, randomUUID());
      }
    };
    await Promise.all(Array.from({ length: 8 }, register));
  }

  /** Fetches credentials and sends the first full report, as the agent does when it starts. */
  async report({ computerName, platformName = 'Debian GNU/Linux', platformVersion = '12' }: Machine): Promise<void> {
    const credentials = await this.#call('RequestManagedInstanceRoleToken', { Fingerprint: this.fingerprint }, (text) =>
      sign('sha256', Buffer.from(text), {
        key: privateKey,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: 32,
      }).toString('base64'),
    );
    const report = {
      AgentName: 'amazon-ssm-agent',
      AgentStatus: 'Active',
      AgentVersion: '3.3.3050.0',
      InstanceId: this.id,
      PlatformType: 'Linux',
      ComputerName: computerName,
      IPAddress: '192.0.2.44',
      PlatformName: platformName,
      PlatformVersion: platformVersion,
    };
    const key = String(credentials.AccessKeyId);
    await this.#call('UpdateInstanceInformation', report, () => '0'.repeat(64), key);
  }

  /** One call with the agent's look-alike of Signature Version 4. */
  async #call(
    operation: string,
    members: object,
    signature: (stringToSign: string) => string,
    credential = this.id,
  ): Promise<Record<string, unknown>> {
    const body = JSON.stringify(members);
    const now = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const scope = `${now.slice(0, 8)}/${REGION}/ssm/aws4_request`;
    const headers = {
      'content-type': JSON_1_1,
      host: new URL(this.endpoint).host,
      'x-amz-date': now,
      'x-amz-target': `AmazonSSM.${operation}`,
    };
    const names = Object.keys(headers).join(';');
    const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
    const canonical = ['POST', '/', '', lines.join(''), names, sha256(body)].join('\n');
    const stringToSign = ['AWS4-HMAC-SHA256', now, scope, sha256(canonical)].join('\n');
    const authorization =
      `AWS4-HMAC-SHA256 Credential=${credential}/${scope}, SignedHeaders=${names}, ` +
      `Signature=${signature(stringToSign)}`;
    return json(await fetch(this.endpoint, { method: 'POST', headers: { ...headers, authorization }, body }));
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function json(answer: Response): Promise<Record<string, unknown>> {
  const body = (await answer.json()) as Record<string, unknown>;
  if (!answer.ok) {
    throw new Error(`the agent was refused with ${answer.status}: ${String(body.__type)}`);
  }
  return body;
}
