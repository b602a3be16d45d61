/** The account behind the console's back, for setting a test up and for looking at what the console did. */
import type { Secrets } from './secrets.ts';

/** The account and Region that the stand-in plays, and who calls it. */
export const ACCOUNT = '123456789012';
export const REGION = 'ap-northeast-1';
export const CALLER = `arn:aws:iam::${ACCOUNT}:user/sekisho`;

/** The service setting that the tier is. */
const TIER = '/ssm/managed-instance/activation-tier';

/** What `CreateActivation` takes, in AWS's names. */
export interface ActivationRequest {
  Description?: string;
  DefaultInstanceName?: string;
  IamRole?: string;
  RegistrationLimit?: number;
  ExpirationDate?: number;
  Tags?: { Key: string; Value: string }[];
}

/** An activation as `DescribeActivations` tells it. */
export interface Activation extends ActivationRequest {
  ActivationId: string;
  RegistrationsCount?: number;
}

/** A managed node as `DescribeInstanceProperties` tells it. */
export interface ManagedNode {
  InstanceId: string;
  Name?: string;
  InstanceState?: string;
  PlatformType?: string;
  PlatformName?: string;
  PlatformVersion?: string;
  SourceType?: string;
  SourceId?: string;
  PingStatus?: string;
  AgentVersion?: string;
  ComputerName?: string;
  IPAddress?: string;
  IamRole?: string;
  ActivationId?: string;
  RegistrationDate?: number;
  LastPingDateTime?: number;
}

/** A client of the stand-in. It checks that a signature is there, not whose it is. */
export class Aws {
  constructor(
    private readonly endpoint: string,
    private readonly secrets: Secrets,
  ) {}

  /** Creates an activation. */
  async createActivation(request: ActivationRequest = {}): Promise<{ id: string; code: string }> {
    const created = await this.#ssm('CreateActivation', { IamRole: 'BB_Hybrid_Activation', ...request });
    const code = String(created.ActivationCode);
    this.secrets.add('activation code', code);
    return { id: String(created.ActivationId), code };
  }

  /** Every activation with this description. */
  async activationsDescribedAs(description: string): Promise<Activation[]> {
    return (await this.activations()).filter((activation) => activation.Description === description);
  }

  /** The id of every activation. */
  async activationIds(): Promise<string[]> {
    return (await this.activations()).map((activation) => activation.ActivationId);
  }

  /** Every activation. */
  async activations(): Promise<Activation[]> {
    const found: Activation[] = [];
    let next: unknown;
    do {
      const page = await this.#ssm('DescribeActivations', { MaxResults: 50, NextToken: next });
      found.push(...(page.ActivationList as Activation[]));
      next = page.NextToken;
    } while (next !== undefined);
    return found;
  }

  /** Every managed node. */
  async nodes(): Promise<ManagedNode[]> {
    const found: ManagedNode[] = [];
    let next: unknown;
    do {
      const page = await this.#ssm('DescribeInstanceProperties', { MaxResults: 1000, NextToken: next });
      found.push(...(page.InstanceProperties as ManagedNode[]));
      next = page.NextToken;
    } while (next !== undefined);
    return found;
  }

  /** Deletes an activation. */
  async deleteActivation(id: string): Promise<void> {
    await this.#ssm('DeleteActivation', { ActivationId: id });
  }

  /** The activation tier and whether it holds yet: `standard` and `Default`, say. */
  async tier(): Promise<{ value: string; status: string }> {
    const { ServiceSetting } = await this.#ssm('GetServiceSetting', { SettingId: TIER });
    const setting = ServiceSetting as { SettingValue: string; Status: string };
    return { value: setting.SettingValue, status: setting.Status };
  }

  /** Asks for another tier. */
  async changeTier(value: 'standard' | 'advanced'): Promise<void> {
    await this.#ssm('UpdateServiceSetting', { SettingId: TIER, SettingValue: value });
  }

  /** Deregisters a node. */
  async deregister(id: string): Promise<void> {
    await this.#ssm('DeregisterManagedInstance', { InstanceId: id });
  }

  /** A node as `DescribeInstanceInformation` tells it; nothing when it is not registered. */
  async node(id: string): Promise<{ InstanceId: string; IamRole?: string } | undefined> {
    const filter = { Key: 'InstanceIds', Values: [id] };
    const found = await this.#ssm('DescribeInstanceInformation', { Filters: [filter] });
    return (found.InstanceInformationList as { InstanceId: string; IamRole?: string }[])[0];
  }

  /** A node's tags, by key. */
  async nodeTags(id: string): Promise<Record<string, string>> {
    const found = await this.#ssm('ListTagsForResource', { ResourceType: 'ManagedInstance', ResourceId: id });
    return Object.fromEntries((found.TagList as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]));
  }

  /** Adds tags to a node. */
  async addNodeTags(id: string, tags: Record<string, string>): Promise<void> {
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    await this.#ssm('AddTagsToResource', { ResourceType: 'ManagedInstance', ResourceId: id, Tags });
  }

  /** Any operation, with its members in AWS's names. */
  async ssm(operation: string, members: object): Promise<Record<string, unknown>> {
    return this.#ssm(operation, members);
  }

  async #ssm(operation: string, members: object): Promise<Record<string, unknown>> {
    const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const answer = await fetch(this.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-date': date,
        'x-amz-target': `AmazonSSM.${operation}`,
        authorization:
          `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/${date.slice(0, 8)}/${REGION}/ssm/aws4_request, ` +
          `SignedHeaders=host;x-amz-date;x-amz-target, Signature=${'0'.repeat(64)}`,
      },
      body: JSON.stringify(members),
    });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${operation} was refused with ${answer.status}: ${text}`);
    }
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  }
}
