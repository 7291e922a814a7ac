import { stat } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Blame, Principal } from '../../src/domain/model/blame.ts';
import type { JsonValue } from '../../src/domain/model/json.ts';
import type { RemediationRecord } from '../../src/domain/result/result.ts';
import type { Warning, WarningCode } from '../../src/domain/result/warning.ts';
import { json } from '../../src/report/formats/json.ts';
import { openSavedResult } from '../../src/result/saved/open.ts';
import { masked, maskFinding, redactedCopy } from '../../src/result/redact.ts';
import { folderWith } from '../commands/saved-files.ts';
import { aGap, aPool, aResult, listOf, textOf } from '../report/a-result.ts';
import { everything } from '../report/everything.ts';

describe('a redacted copy', () => {
  test('says that it is one, and is a result', async () => {
    const folder = await folderWith({});
    const copy = await openSavedResult(await folder.saveResult('copy.json', redactedCopy(everything())));
    expect(copy.head.redacted).toBe(true);
    expect(copy.head.summary).toEqual(everything().head.summary);
    expect((await listOf(copy.pools())).map(({ poolId }) => poolId)).toEqual(
      (await listOf(everything().pools())).map(({ poolId }) => poolId),
    );
  });

  test('shows no external id, in no collection', async () => {
    const text = await textOf(json(redactedCopy(everything())));
    expect(text).not.toMatch(/topsecret-id|wanted-secret/);
    expect(text).toContain('(masked)');
  });

  test("masks other accounts and the organization in AWS's denials, and not the account that was denied", async () => {
    const message =
      'User: arn:aws:sts::999988887777:assumed-role/nightly/ci is not authorized to perform: sts:AssumeRole on resource: ' +
      'arn:aws:iam::444455556666:role/MfaDriftAudit with an explicit deny in a service control policy: ' +
      'arn:aws:organizations::121212121212:policy/o-a1b2c3d4e5/service_control_policy/p-12345678';
    const [gap] = await listOf(redactedCopy(aResult({ gaps: [aGap({ message })] })).gaps());
    expect(gap?.message).toBe(
      'User: arn:aws:sts::(account):assumed-role/nightly/ci is not authorized to perform: sts:AssumeRole on resource: ' +
        'arn:aws:iam::444455556666:role/MfaDriftAudit with an explicit deny in a service control policy: ' +
        'arn:aws:organizations::(account):policy/(organization)/service_control_policy/p-12345678',
    );
  });
});

describe('of what AWS says', () => {
  const management = 'User: arn:aws:sts::999988887777:assumed-role/nightly/ci may not read o-a1b2c3d4e5';
  const maskedSaying = 'User: arn:aws:sts::(account):assumed-role/nightly/ci may not read (organization)';
  const own = '111122223333';

  const warning = (code: WarningCode): Warning => ({ code, message: management, file: null, line: null });
  const remediation: RemediationRecord = {
    outcome: 'failed',
    risk: null,
    code: null,
    message: `${management} in ${own}`,
    before: null,
    after: null,
    journal: null,
  };
  const result = aResult({
    warnings: [warning('fact-unread'), warning('remediation-stopped'), warning('place-unknown')],
    gaps: [aGap({ message: management })],
    pools: [aPool({ accountId: own, remediation })],
  });

  test('warnings that quote it are masked; those that name what the user wrote are not', () => {
    const { warnings } = masked(result, 'shared').head;
    expect(warnings.map(({ code, message }) => [code, message])).toEqual([
      ['fact-unread', maskedSaying],
      ['remediation-stopped', maskedSaying],
      ['place-unknown', management],
    ]);
    expect(warnings).toMatchObject(result.head.warnings.map(({ code, file, line }) => ({ code, file, line })));
  });

  test('what became of a change is masked, and not the account that it is about', async () => {
    const [pool] = await listOf(masked(result, 'shared').pools());
    expect(pool).toEqual(
      aPool({ accountId: own, remediation: { ...remediation, message: `${maskedSaying} in ${own}` } }),
    );
  });

  test('whoever has the rest before their eyes is kept from the secrets alone', async () => {
    const seen = masked(result, 'secrets');
    expect(seen.head.warnings).toEqual(result.head.warnings);
    expect(await listOf(seen.gaps())).toEqual(await listOf(result.gaps()));
    expect(await listOf(seen.pools())).toEqual(await listOf(result.pools()));
    expect(masked(result, 'nothing')).toBe(result);
  });
});

describe('of whoever changed a pool', () => {
  const event = {
    id: 'e-1',
    name: 'UpdateUserPool',
    at: '2026-11-10T08:00:00.000Z',
    agent: 'console',
    namesOnlyPool: false,
  } as const;
  const [own, other] = ['111122223333', '999988887777'] as const;

  async function told(blame: Blame): Promise<Blame | undefined> {
    const pools = [aPool({ accountId: own, blame })];
    return (await listOf(masked(aResult({ pools }), 'shared').pools()))[0]?.blame;
  }

  test.each<[string, Principal, Principal]>([
    [
      'the role is told, and not what the session is called',
      {
        kind: 'role',
        name: 'Admin',
        session: 'jo@example.com',
        arn: `arn:aws:sts::${own}:assumed-role/Admin/jo@example.com`,
      },
      { kind: 'role', name: 'Admin', session: '(masked)', arn: `arn:aws:sts::${own}:assumed-role/Admin/(masked)` },
    ],
    [
      'a user who is called by an e-mail address is not told',
      { kind: 'user', name: 'jo@example.com', session: null, arn: `arn:aws:iam::${own}:user/staff/jo@example.com` },
      { kind: 'user', name: '(masked)', session: null, arn: `arn:aws:iam::${own}:user/staff/(masked)` },
    ],
    [
      'another is, and another account is not',
      { kind: 'user', name: 'deployer', session: null, arn: `arn:aws:iam::${other}:user/deployer` },
      { kind: 'user', name: 'deployer', session: null, arn: 'arn:aws:iam::(account):user/deployer' },
    ],
    [
      'somebody known by a session alone is not told',
      { kind: 'federated', name: null, session: 'jo', arn: null },
      { kind: 'federated', name: null, session: '(masked)', arn: null },
    ],
    [
      'AWS itself is',
      { kind: 'service', name: 'cloudformation.amazonaws.com', session: null, arn: null },
      { kind: 'service', name: 'cloudformation.amazonaws.com', session: null, arn: null },
    ],
  ])('%s', async (_name, who, shown) => {
    const blame = { outcome: 'named', event: { ...event, who }, failure: null, nights: null } as const;
    expect(await told(blame)).toEqual({ ...blame, event: { ...event, who: shown } });
  });

  test('a denial is masked as any other', async () => {
    const failure = { code: 'AccessDenied', message: `${other} may not, in ${own}`, remedy: 'Allow it.' } as const;
    const blame = { outcome: 'unread', event: null, failure, nights: null } as const;
    expect(await told(blame)).toEqual({ ...blame, failure: { ...failure, message: `(account) may not, in ${own}` } });
  });
});

test.each<[string, JsonValue, JsonValue]>([
  ['SmsConfiguration.ExternalId', 'secret', '(masked)'],
  ['SmsConfiguration.ExternalId', null, null],
  [
    'SmsConfiguration',
    { ExternalId: 'secret', SnsRegion: 'eu-west-1' },
    { ExternalId: '(masked)', SnsRegion: 'eu-west-1' },
  ],
  ['MfaConfiguration', 'OFF', 'OFF'],
])('at %s %j is shown as %j, wanted or found', (path, value, shown) => {
  expect(maskFinding({ path, expected: value, actual: null })).toEqual({ path, expected: shown, actual: null });
  expect(maskFinding({ path, expected: null, actual: value })).toEqual({ path, expected: null, actual: shown });
});

describe('report --redact', () => {
  test('masks saved results too, for everybody to read; without it they stay whole, for the owner', async () => {
    const folder = await folderWith({});
    const saved = await folder.saveResult('saved.json', everything());
    const copies = ['--report', `json=${folder.file('copy.json')}`];
    await folder.run('report', saved, '--redact', ...copies);
    expect(await folder.read('copy.json')).toMatchObject({ redacted: true });
    expect((await stat(folder.file('copy.json'))).mode & 0o777).toBe(0o644);
    await folder.run('report', saved, ...copies);
    expect(await folder.read('copy.json')).toMatchObject({ redacted: false });
    expect((await stat(folder.file('copy.json'))).mode & 0o777).toBe(0o600);
  });

  test('is said by the formats that people read', async () => {
    const folder = await folderWith({});
    const saved = await folder.saveResult('saved.json', everything());
    expect((await folder.run('report', saved, '--redact')).stdout).toContain('a redacted copy: some values are masked');
    expect((await folder.run('report', saved)).stdout).not.toContain('redacted');
  });

  test('--no-redact shows external ids in what is made to be read', async () => {
    const folder = await folderWith({});
    const saved = await folder.saveResult('saved.json', everything());
    expect((await folder.run('report', saved, '--report', 'csv')).stdout).not.toContain('topsecret-id');
    expect((await folder.run('report', saved, '--report', 'csv', '--no-redact')).stdout).toContain('topsecret-id');
  });
});
