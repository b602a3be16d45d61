/** Software to publish, made by the tools that everybody makes it with. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A file of each kind, all of the same program. */
export interface SoftwareFiles {
  deb: string;
  rpm: string;
  msi: string;
  /** Something that is no package, whatever its name says. */
  broken: string;
}

/** Makes the files in a folder of their own, uses them, and removes them. */
export async function withSoftware(use: (files: SoftwareFiles) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sekisho-software-'));
  try {
    const broken = join(folder, 'broken.deb');
    await writeFile(broken, '<!DOCTYPE html><title>Sign in</title>');
    const [deb, rpm, msi] = await Promise.all([makeDeb(folder), makeRpm(folder), makeMsi(folder)]);
    await use({ deb, rpm, msi, broken });
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function makeDeb(folder: string): Promise<string> {
  const tree = join(folder, 'deb');
  await mkdir(join(tree, 'DEBIAN'), { recursive: true });
  await writeFile(join(tree, 'hello.txt'), 'hello\n');
  const control = [
    'Package: hello-fleet',
    'Version: 1.2.3-1',
    'Architecture: amd64',
    'Maintainer: Example <packages@example.com>',
    'Depends: libc6',
    'Description: says hello',
  ];
  await writeFile(join(tree, 'DEBIAN', 'control'), `${control.join('\n')}\n`);
  const file = join(folder, 'hello-fleet_1.2.3-1_amd64.deb');
  await run('dpkg-deb', ['--root-owner-group', '--build', tree, file]);
  return file;
}

async function makeRpm(folder: string): Promise<string> {
  const top = join(folder, 'rpm');
  await mkdir(top);
  const spec = [
    'Name: hello-fleet',
    'Version: 1.2.3',
    'Release: 1.amzn2023',
    'Summary: says hello',
    'License: MIT',
    'Vendor: Example',
    'BuildArch: noarch',
    '%description',
    'Says hello.',
    '%install',
    'mkdir -p %{buildroot}/opt/hello-fleet',
    'echo hello >%{buildroot}/opt/hello-fleet/hello.txt',
    '%files',
    '/opt/hello-fleet/hello.txt',
  ];
  await writeFile(join(top, 'hello.spec'), `${spec.join('\n')}\n`);
  await run('rpmbuild', ['-bb', '--define', `_topdir ${top}`, join(top, 'hello.spec')]);
  return join(top, 'RPMS', 'noarch', 'hello-fleet-1.2.3-1.amzn2023.noarch.rpm');
}

async function makeMsi(folder: string): Promise<string> {
  const source = join(folder, 'hello.wxs');
  await writeFile(join(folder, 'hello.txt'), 'hello\n');
  await writeFile(
    source,
    `<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="{7A0C2E5B-3C5C-4C1E-9F57-6C4B5E0F1A11}" Name="Hello Fleet" Language="1033" Version="1.2.3"
           Manufacturer="Example" UpgradeCode="{0D6E9A5A-6E0B-4B0C-8C37-2F6A3B1D9C22}">
    <Package InstallerVersion="200" Compressed="yes" Platform="x64" />
    <Media Id="1" Cabinet="hello.cab" EmbedCab="yes" />
    <Directory Id="TARGETDIR" Name="SourceDir">
      <Directory Id="ProgramFilesFolder"><Directory Id="INSTALLDIR" Name="Hello Fleet">
        <Component Id="Hello" Guid="{5B2F7C51-9A1D-4E27-8B07-1D3E8A9C4F33}"><File Id="hello" Source="hello.txt" KeyPath="yes" /></Component>
      </Directory></Directory>
    </Directory>
    <Feature Id="Main" Level="1"><ComponentRef Id="Hello" /></Feature>
  </Product>
</Wix>
`,
  );
  const file = join(folder, 'hello-fleet-1.2.3.msi');
  await run('wixl', ['--arch', 'x64', '-o', file, source], { cwd: folder });
  return file;
}
