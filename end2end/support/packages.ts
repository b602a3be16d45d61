/** Packages that a test publishes behind the console's back. */
import { createHash, randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import { REGION } from './aws.ts';
import type { Sekisho } from './sekisho.ts';

const BUCKET = 'catalogue-tests';

/** A file of a package: any bytes will do, as nobody unpacks it. */
export interface PackageFile {
  name: string;
  content: Buffer;
}

/** A version of a package: its name, and its file for x86_64 machines of these platforms, such as `ubuntu`. */
export interface Version {
  name: string;
  file: PackageFile;
  platforms: string[];
}

/** A version with a file of its own. */
export function version(name: string, platforms: string[]): Version {
  return { name, platforms, file: { name: 'tool.zip', content: Buffer.from(`PK ${name} ${randomUUID()}`) } };
}

export function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function manifest({ name, file, platforms }: Version): string {
  const targets = platforms.map((platform) => [platform, { _any: { x86_64: { file: file.name } } }]);
  return JSON.stringify(
    {
      schemaVersion: '2.0',
      version: name,
      packages: Object.fromEntries(targets),
      files: { [file.name]: { checksums: { sha256: sha256(file.content) } } },
    },
    null,
    2,
  );
}

/** Puts bytes into the stand-in's S3, which checks that a signature is there, not whose it is. */
export async function put(sekisho: Sekisho, path: string, content?: Buffer): Promise<void> {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const answer = await fetch(`${sekisho.awsUrl}/${path}`, {
    method: 'PUT',
    headers: {
      'x-amz-date': date,
      'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
      authorization:
        `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/${date.slice(0, 8)}/${REGION}/s3/aws4_request, ` +
        `SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${'0'.repeat(64)}`,
    },
    body: content ? new Uint8Array(content) : undefined,
  });
  // The bucket of an earlier test is as good.
  if (!answer.ok && answer.status !== 409) {
    throw new Error(`PUT ${path} was refused with ${answer.status}: ${await answer.text()}`);
  }
}

/** Makes a bucket in the console's Region. */
export async function makeBucket(sekisho: Sekisho, bucket: string): Promise<void> {
  const place = `<CreateBucketConfiguration><LocationConstraint>${REGION}</LocationConstraint></CreateBucketConfiguration>`;
  await put(sekisho, bucket, Buffer.from(place));
}

/** Publishes a package with these versions, and waits until the last is active. The first is its default. */
export async function publish(sekisho: Sekisho, name: string, versions: Version[]): Promise<void> {
  await makeBucket(sekisho, BUCKET);
  for (const [index, version] of versions.entries()) {
    const folder = `${name}/${version.name}`;
    await put(sekisho, `${BUCKET}/${folder}/${version.file.name}`, version.file.content);
    const request = {
      Name: name,
      Content: manifest(version),
      VersionName: version.name,
      Attachments: [{ Key: 'SourceUrl', Values: [`s3://${BUCKET}/${folder}`] }],
    };
    await (index === 0
      ? sekisho.aws.ssm('CreateDocument', { ...request, DocumentType: 'Package' })
      : sekisho.aws.ssm('UpdateDocument', { ...request, DocumentVersion: '$LATEST' }));
    await expect.poll(() => status(sekisho, name, version.name)).toBe('Active');
  }
  await sekisho.aws.ssm('UpdateDocumentDefaultVersion', { Name: name, DocumentVersion: '1' });
}

async function status(sekisho: Sekisho, name: string, version: string): Promise<string> {
  const described = await sekisho.aws.ssm('DescribeDocument', { Name: name, VersionName: version });
  return (described.Document as { Status: string }).Status;
}
