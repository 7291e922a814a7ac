/** Devices, pipes and links, wherever a file is named: an error at once, and nothing of what is in them. */
import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openConnections } from '../src/aws/connection/http.ts';
import { findSourceFiles } from '../src/config/policies/source-files.ts';
import { loadPolicySet } from '../src/config/policies/load-policy-set.ts';
import { defaultSettings } from './default-settings.ts';
import { loadSettings } from '../src/config/settings/load-settings.ts';
import { verifyPack } from '../src/evidence/verify-pack.ts';
import { readRegularFile } from '../src/regular-file.ts';
import { readJournal } from '../src/remediate/journal/read.ts';
import { readPlan } from '../src/remediate/plan/read-plan.ts';
import { openSavedResult } from '../src/result/saved/open.ts';
import { loadFaults } from '../src/sandbox/faults/load-faults.ts';
import { loadFleet } from '../src/sandbox/fleet/load-fleet.ts';
import { policy } from './policy-set.ts';
import { temporaryFolder } from './temporary.ts';

const http = { connectTimeoutMs: 1, readTimeoutMs: 1, verifiesCertificates: true, concurrency: 1 };

/** Everything that reads what a user named, by a file in a folder that holds nothing else. */
const readers: Readonly<Record<string, (file: string, folder: string) => unknown>> = {
  'policies.yaml': (file) => loadPolicySet([file], defaultSettings),
  'in-a-folder.yaml': (_file, folder) => loadPolicySet([folder], defaultSettings),
  'config.yaml': (file) => loadSettings({ file, flags: {}, env: {} }),
  'fleet.yaml': (file) => loadFleet(file),
  'faults.yaml': (file) => loadFaults(file),
  'plan.json': (file) => readPlan(file, { digest: null }),
  'journal.ndjson': (file) => readJournal(file),
  'result.json': (file) => openSavedResult(file),
  'bundle.pem': (file) => openConnections({ ...http, caBundle: file }, new AbortController().signal),
  'manifest.json': (_file, folder) => verifyPack(folder),
};

describe.each(Object.entries(readers))('%s', (name, read) => {
  it.each([
    [
      'a link to a device without end',
      (file: string) => symlink('/dev/zero', file),
      /is a device, not a file|is a link/,
    ],
    ['a pipe that nobody writes to', (file: string) => void execFileSync('mkfifo', [file]), /is a pipe, not a file/],
    ['a folder', (file: string) => mkdir(file), /is a folder, not a file|No policy in/],
    ['a link to itself', (file: string) => symlink(name, file), /leads back to itself|leads nowhere|is a link|ELOOP/],
  ])('is never %s', async (_kind, make, said) => {
    const folder = await temporaryFolder();
    const file = join(folder, name);
    await make(file);
    await expect((async () => read(file, folder))()).rejects.toThrow(said);
  });
});

describe('a link in a folder of policies', () => {
  it('to a file beside it is followed, as those are that Kubernetes makes of a ConfigMap', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, '..2026_11_22'));
    await writeFile(join(folder, '..2026_11_22', 'p.yaml'), `${policy('p')}expect: {}\n`);
    await symlink('..2026_11_22', join(folder, '..data'));
    await symlink('..data/p.yaml', join(folder, 'p.yaml'));
    expect(loadPolicySet([folder], defaultSettings).policies).toMatchObject([{ name: 'p' }]);
  });

  it.each(['/etc/passwd', '../secret.yaml', '../policies-2/p.yaml', 'missing.yaml'])(
    'to %s is a complaint, which shows nothing of it',
    async (target) => {
      const parent = await temporaryFolder();
      const folder = join(parent, 'policies');
      await mkdir(folder);
      await mkdir(join(parent, 'policies-2'));
      for (const file of ['secret.yaml', 'policies-2/p.yaml']) await writeFile(join(parent, file), 'token: 4711\n');
      await symlink(target, join(folder, 'p.yaml'));
      const { policies, complaints } = findSourceFiles([folder]);
      expect(policies).toEqual([]);
      expect(complaints).toMatchObject([
        {
          file: join(folder, 'p.yaml'),
          message: expect.stringMatching(/^is a link that leads (out of its folder|nowhere)$/),
        },
      ]);
    },
  );

  it('is followed wherever it leads where it is named itself, and so is one to the folder', async () => {
    const parent = await temporaryFolder();
    await mkdir(join(parent, 'shared'));
    await writeFile(join(parent, 'shared', 'p.yaml'), `${policy('p')}expect: {}\n`);
    await symlink('shared/p.yaml', join(parent, 'link.yaml'));
    await symlink('shared', join(parent, 'policies'));
    for (const named of ['link.yaml', 'policies'])
      expect(loadPolicySet([join(parent, named)], defaultSettings).policies).toMatchObject([{ name: 'p' }]);
  });
});

it('reads no more than it may, whatever size the file says', async () => {
  const file = join(await temporaryFolder(), 'file');
  await writeFile(file, 'x'.repeat(2_000_000));
  expect(readRegularFile(file, 2_000_000)).toMatchObject({ bytes: { length: 2_000_000 } });
  expect(readRegularFile(file, 1_999_999)).toMatchObject({ reason: 'is larger than 1.999999 MB' });
  expect(readRegularFile('/proc/self/status', 100_000)).toHaveProperty('bytes');
});
