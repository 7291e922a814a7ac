import { createHash } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/domain/result/result.ts';
import { coverageCsv } from '../../src/evidence/coverage.ts';
import { poolsCsv } from '../../src/evidence/pools.ts';
import { packedPolicies } from '../../src/evidence/policy-files.ts';
import { verifyPack } from '../../src/evidence/verify-pack.ts';
import { requireFree, writePack } from '../../src/evidence/write-pack.ts';
import { json } from '../../src/report/formats/json.ts';
import { redactedCopy } from '../../src/result/redact.ts';
import { folderWith } from '../commands/saved-files.ts';
import {
  aFinding,
  aGap,
  anAccount,
  anException,
  aPool,
  aResult,
  aSkip,
  aUnit,
  listOf,
  textOf,
} from '../report/a-result.ts';
import { everything } from '../report/everything.ts';
import { temporaryFolder } from '../temporary.ts';
import { plainOptions } from '../report/plain-options.ts';

const options = plainOptions;

async function packOf(result: Result) {
  const parent = await temporaryFolder();
  const folder = join(parent, 'evidence');
  const manifestSha256 = await writePack(folder, result, options);
  return { parent, folder, manifestSha256 };
}

describe('an evidence pack', () => {
  test('holds the result, the policies, coverage, findings, the page and a manifest of them', async () => {
    const { folder } = await packOf(everything());
    expect((await readdir(folder)).sort()).toEqual([
      'coverage.csv',
      'findings.csv',
      'manifest.json',
      'policies',
      'pools.csv',
      'report.html',
      'result.json',
    ]);
    expect(await readFile(join(folder, 'result.json'), 'utf8')).toBe(await textOf(json(everything())));
    const [policy] = everything().head.run.policies;
    expect(await readFile(join(folder, 'policies', 'customers.yaml'), 'utf8')).toBe(policy?.text);
  });

  test('has the SHA-256 and the size of every file in its manifest, which is the same for the same result', async () => {
    const { folder, manifestSha256 } = await packOf(everything());
    const text = await readFile(join(folder, 'manifest.json'), 'utf8');
    expect(createHash('sha256').update(text).digest('hex')).toBe(manifestSha256);
    const { files } = JSON.parse(text);
    expect(files).toHaveLength(6);
    for (const { path, sha256, bytes } of files) {
      const content = await readFile(join(folder, path));
      expect([createHash('sha256').update(content).digest('hex'), content.length]).toEqual([sha256, bytes]);
    }
    expect((await packOf(everything())).manifestSha256).toBe(manifestSha256);
  });

  test('keeps external ids for the owner alone, unless it is a redacted copy', async () => {
    const { folder } = await packOf(everything());
    expect((await stat(join(folder, 'result.json'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(folder, 'report.html'), 'utf8')).not.toContain('topsecret-id');
    const copy = await packOf(redactedCopy(everything()));
    expect((await stat(join(copy.folder, 'result.json'))).mode & 0o777).toBe(0o644);
    expect(await readFile(join(copy.folder, 'result.json'), 'utf8')).not.toMatch(/topsecret-id|wanted-secret/);
  });

  test('leaves nothing behind where it could not be written', async () => {
    const parent = await temporaryFolder();
    const broken: Result = {
      ...everything(),
      // eslint-disable-next-line require-yield
      async *pools() {
        throw new Error('the disk is gone');
      },
    };
    await expect(writePack(join(parent, 'evidence'), broken, options)).rejects.toThrow('the disk is gone');
    expect(await readdir(parent)).toEqual([]);
  });

  test('replaces an earlier pack whole, and an empty folder', async () => {
    const { parent, folder } = await packOf(everything());
    await writePack(folder, aResult({ accounts: [anAccount()] }), options);
    expect(await readdir(parent)).toEqual(['evidence']);
    expect(JSON.parse(await readFile(join(folder, 'result.json'), 'utf8')).pools).toEqual([]);
    await mkdir(join(parent, 'empty'));
    await expect(writePack(join(parent, 'empty'), everything(), options)).resolves.toMatch(/^[\da-f]{64}$/);
  });

  test.each<[string, (folder: string) => Promise<unknown>]>([
    ['a folder with other things', (folder) => writeFile(join(folder, 'thesis.txt'), 'mine')],
    ['another manifest', (folder) => writeFile(join(folder, 'manifest.json'), '{"name":"my-app"}')],
  ])('never touches %s', async (_what, fill) => {
    const folder = await temporaryFolder();
    await fill(folder);
    const before = await readdir(folder);
    await expect(requireFree(folder)).rejects.toThrow(folder);
    await expect(writePack(folder, everything(), options)).rejects.toThrow(folder);
    expect(await readdir(folder)).toEqual(before);
  });

  test('never touches a pack that somebody added to, nor a file', async () => {
    const { folder } = await packOf(everything());
    await writeFile(join(folder, 'notes.txt'), 'what the auditor said');
    await expect(writePack(folder, everything(), options)).rejects.toThrow('not as it was written');
    await expect(requireFree(join(folder, 'notes.txt'))).rejects.toThrow('is no folder that can be read');
    expect(await readFile(join(folder, 'notes.txt'), 'utf8')).toBe('what the auditor said');
  });
});

describe('a pack is verified', () => {
  test('as written', async () => {
    const { folder, manifestSha256 } = await packOf(everything());
    expect(await verifyPack(folder)).toMatchObject({ manifestSha256, problems: [] });
  });

  test.each<[string, (folder: string) => Promise<unknown>, { kind: string; path: string }]>([
    ['a file is gone', (folder) => rm(join(folder, 'findings.csv')), { kind: 'missing', path: 'findings.csv' }],
    [
      'a byte is more',
      (folder) => appendFile(join(folder, 'policies', 'customers.yaml'), ' '),
      { kind: 'changed', path: 'policies/customers.yaml' },
    ],
    [
      'a file is more',
      (folder) => writeFile(join(folder, 'policies', 'more.yaml'), ''),
      { kind: 'extra', path: 'policies/more.yaml' },
    ],
    [
      'a link stands for a file',
      async (folder) => {
        const content = await readFile(join(folder, 'coverage.csv'));
        await writeFile(`${folder}.csv`, content);
        await rm(join(folder, 'coverage.csv'));
        await symlink(`${folder}.csv`, join(folder, 'coverage.csv'));
      },
      { kind: 'changed', path: 'coverage.csv' },
    ],
  ])('where %s', async (_what, spoil, problem) => {
    const { folder } = await packOf(everything());
    await spoil(folder);
    expect((await verifyPack(folder)).problems).toEqual([problem]);
  });

  test('without opening what its manifest names outside of it', async () => {
    const { parent, folder } = await packOf(everything());
    await writeFile(join(parent, 'secret'), 'x');
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
    const sha256 = createHash('sha256').update('x').digest('hex');
    manifest.files.push({ path: '../secret', sha256, bytes: 1, source: null });
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
    expect((await verifyPack(folder)).problems).toEqual([{ kind: 'missing', path: '../secret' }]);
  });

  test.each([
    ['nothing', () => []],
    ['all but the result', (files: readonly { path: string }[]) => files.filter(({ path }) => path !== 'result.json')],
  ])('not where its manifest lists %s', async (_what, listed) => {
    const { folder } = await packOf(everything());
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
    const files = listed(manifest.files);
    for (const file of await readdir(folder)) {
      if (file !== 'manifest.json') await rm(join(folder, file), { recursive: true });
    }
    await writeFile(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, files }));
    await expect(verifyPack(folder)).rejects.toThrow('lists no result.json, which every evidence pack holds');
  });

  test('from the command line: each file named, and exit 1', async () => {
    const { parent, folder, manifestSha256 } = await packOf(everything());
    const here = await folderWith({});
    const good = await here.run('report', '--verify', folder);
    expect(good).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(`^OK  6 files .*sha256:${manifestSha256}\n$`),
    });
    await rm(join(folder, 'report.html'));
    await writeFile(join(folder, 'note'), '');
    const bad = await here.run('report', '--verify', folder);
    expect(bad.stdout).toMatch(/^extra {4}note\nmissing {2}report\.html\nNOT AS WRITTEN {2}2 files/);
    expect(bad.exitCode).toBe(1);
    await expect(here.run('report', '--verify', parent)).rejects.toThrow('could not be read as an evidence pack');
    await expect(here.run('report', 'result.json', '--verify', folder)).rejects.toThrow('renders nothing');
  });

  test('as report writes it, before a run can fail for it', async () => {
    const here = await folderWith({});
    const saved = await here.saveResult('saved.json', everything());
    const { stderr } = await here.run('report', saved, '--evidence', here.file('pack'));
    expect((await verifyPack(here.file('pack'))).problems).toEqual([]);
    expect(stderr).toContain(`evidence in ${here.file('pack')}, manifest sha256:`);
    await expect(here.run('report', saved, '--evidence', here.path)).rejects.toThrow('folder with other things');
  });
});

describe('coverage.csv', () => {
  async function rowsOf(result: Result): Promise<Record<string, string>[]> {
    return parse(await textOf(coverageCsv(result)), { columns: true });
  }

  test('has every account and region with its state, reason and time', async () => {
    const accountId = '444455556666';
    const rows = await rowsOf(
      aResult({
        accounts: [
          anAccount({ regionsNotAudited: ['us-west-2'] }),
          anAccount({ id: '222222222222', state: 'SUSPENDED' }),
          anAccount({ id: accountId, name: null, path: null }),
        ],
        units: [
          aUnit({ pools: 3 }),
          aUnit({ region: 'me-south-1', status: 'skipped', reason: 'region-not-enabled', pools: 0 }),
          aUnit({ accountId, region: 'ap-east-1', status: 'gap', reason: 'AccessDenied', pools: 0 }),
        ],
        skipped: [aSkip({ scope: 'account', accountId: '222222222222', region: null, reason: 'suspended' })],
        gaps: [
          aGap({ scope: 'organization', accountId: null, region: null, code: 'shard-missing', message: 'shard 2' }),
          aGap({ scope: 'pool', accountId: '111122223333', region: 'eu-west-1', poolId: 'p-1' }),
          aGap({ scope: 'pool', accountId: '111122223333', region: 'eu-west-1', poolId: 'p-1', code: 'malformed' }),
          aGap({ accountId, accepted: anException, message: 'closed' }),
        ],
        pools: [aPool(), aPool({ poolId: 'p-1', status: 'unreadable' })],
      }),
    );
    const told = rows.map(({ account_id, region, status, reason, pools_not_read, accepted_until }) =>
      [account_id, region, status, reason, pools_not_read, accepted_until].join(' '),
    );
    expect(told).toEqual([
      '  gap shard-missing  ',
      '111122223333 eu-west-1 read  1 ',
      '111122223333 me-south-1 skipped region-not-enabled 0 ',
      '111122223333 us-west-2 skipped left-out  ',
      '222222222222  skipped suspended  ',
      `${accountId} ap-east-1 gap AccessDenied 0 2026-11-30`,
    ]);
    expect(
      rows.filter(({ reason }) => reason !== 'left-out').every(({ at }) => at?.startsWith('2026-11-18T02:1')),
    ).toBe(true);
  });

  test('does not leave out an account that an interrupted run never reached', async () => {
    const [row] = await rowsOf(aResult({ accounts: [anAccount()], run: { interrupted: true } }));
    expect(row).toMatchObject({ account_id: '111122223333', status: 'not-read', reason: 'interrupted' });
  });
});

/** Programs that guess types take an account id for a number; an ARN stays text. */
test.each([
  ['coverage.csv', coverageCsv],
  ['pools.csv', poolsCsv],
])('every row of %s has an ARN with the account in it', async (_name, draw) => {
  const accountId = '012345678901';
  const result = aResult({
    accounts: [anAccount({ id: accountId }), anAccount({ id: '034567890123', arn: null })],
    units: [aUnit({ accountId }), aUnit({ accountId: '034567890123' })],
    gaps: [aGap({ scope: 'organization', accountId: null, region: null })],
    pools: [aPool({ accountId })],
  });
  const rows: Record<string, string>[] = parse(await textOf(draw(result)), { columns: true });
  expect(rows.length).toBeGreaterThan(0);
  for (const { arn, account_id } of rows) {
    expect(arn).toMatch(/^arn:aws:(?:organizations|cognito-idp|iam):/);
    expect(arn).toContain(account_id);
  }
});

describe('pools.csv', () => {
  async function rowsOf(result: Result): Promise<Record<string, string>[]> {
    return parse(await textOf(poolsCsv(result)), { columns: true });
  }

  test('has every pool that was listed, whether it passes or not', async () => {
    const rows = await rowsOf(everything());
    const listed = await listOf(everything().pools());
    expect(rows.map(({ arn, status }) => [arn, status])).toEqual(listed.map((pool) => [pool.poolArn, pool.status]));
  });

  test('says by which policies a pool was judged, which controls they serve, and what was read', async () => {
    const [row] = await rowsOf(aResult({ pools: [aPool({ earlierStatus: 'drifted' })] }));
    expect(row).toMatchObject({
      status: 'compliant',
      policies: 'prod-customers',
      controls: 'NIST-800-63B-4 AAL2; CIS-8.1 6.3',
      drift: '0',
      new: '',
      since: '',
      earlier_status: 'drifted',
      mfa_configuration: 'ON',
      observed_at: '2026-11-18T02:13:07.000Z',
    });
  });

  test('says of a pool that no policy matches since when that is', async () => {
    const uncovered = (change: 'new' | 'persisting', since: string) =>
      aFinding({ policy: null, path: '', change, since });
    const rows = await rowsOf(
      aResult({
        pools: [
          aPool({ status: 'uncovered', policies: [], findings: [uncovered('new', '2026-11-18T02:11:30.000Z')] }),
          aPool({
            poolId: 'p-2',
            status: 'drifted',
            findings: [
              aFinding({ change: 'persisting', since: '2026-11-09T02:11:30.000Z' }),
              aFinding({ id: 'f-2', change: 'persisting', since: '2026-11-01T02:11:30.000Z' }),
            ],
          }),
        ],
      }),
    );
    expect(rows).toMatchObject([
      { status: 'uncovered', drift: '1', new: '1', since: '2026-11-18T02:11:30.000Z' },
      { status: 'drifted', drift: '2', new: '0', since: '2026-11-01T02:11:30.000Z' },
    ]);
  });
});

describe('policy files in a pack', () => {
  const pathsOf = (...files: string[]): string[] =>
    packedPolicies(files.map((file) => ({ file, sha256: '', names: [], text: '' }))).map(({ path }) => path);

  test.each([
    ['policies/prod/a.yaml', 'policies/prod/a.yaml'],
    ['./policies/a.yaml', 'policies/a.yaml'],
    ['mfa-drift.yaml', 'policies/mfa-drift.yaml'],
    ['/home/me/repo/policies/a.yaml', 'policies/a.yaml'],
    ['/etc/mfa-drift.yaml', 'policies/mfa-drift.yaml'],
    ['C:\\work\\rules\\a.yaml', 'policies/a.yaml'],
    ['../../outside/a.yaml', 'policies/outside/a.yaml'],
    ['..', 'policies/unnamed.yaml'],
    ['a\u0000b\n.yaml', 'policies/a_b_.yaml'],
  ])('%j lies at %s', (file, path) => {
    expect(pathsOf(file)).toEqual([path]);
  });

  test('have names of their own, also where letters tell nothing apart', () => {
    expect(pathsOf('/a/x.yaml', '/b/x.yaml', 'X.yaml')).toEqual([
      'policies/x.yaml',
      'policies/x-2.yaml',
      'policies/X-3.yaml',
    ]);
  });
});
