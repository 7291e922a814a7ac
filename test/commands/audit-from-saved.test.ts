import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactedCopy } from '../../src/result/redact.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { audit, run } from '../end-to-end/in-process.ts';
import { writeWorkspace } from '../end-to-end/workspace.ts';
import { evaluate } from '../oracle/evaluate.ts';
import { generatedScene, type Scene } from '../oracle/generate.ts';
import { verdictsOf, type SavedResult } from '../oracle/result-verdicts.ts';
import { aFinding, aGap, anAccount, aPool, aResult, aUnit, type Records } from '../report/a-result.ts';
import { tries } from '../strength.ts';
import { folderWith, policyText } from './saved-files.ts';

const today = new Date().toISOString().slice(0, 10);
const numRuns = tries({ usual: 12, extended: 100 });
const wantsTotp = policyText(
  'prod-customers',
  'severity: high\nexpect: { SoftwareTokenMfaConfiguration: { Enabled: true } }',
);

function saved(records: Records = {}) {
  return aResult({ accounts: [anAccount()], units: [aUnit()], pools: [aPool()], ...records });
}

async function replayed(policy: string, records: Records, ...flags: readonly string[]) {
  const folder = await folderWith({ 'policies/one.yaml': policy });
  const from = await folder.saveResult('saved.json', saved(records));
  const ended = await folder.run('audit', '--from', from, '--report', `json=${folder.file('new.json')}`, ...flags);
  return { ...ended, result: await folder.read('new.json') };
}

test(
  'the same policies give the same verdicts, on whatever organization',
  async () => {
    await fc.assert(fc.asyncProperty(generatedScene(today), checkScene), { numRuns });
  },
  numRuns * 10_000,
);

async function checkScene(scene: Scene): Promise<void> {
  if (evaluate(scene.fleet, scene.writing, today) === null) return;
  const workspace = await writeWorkspace(scene.writing);
  const sandbox = await startSandbox({ fleet: scene.fleet });
  const live = await audit(workspace, sandbox.environment);
  await sandbox.close();
  const again = await replayOf(workspace);
  expect(verdictsOf(again.result)).toEqual(verdictsOf(live.result));
  expect(again.exitCode).toBe(live.exitCode);
  expect(again.result.summary.changes).toMatchObject({ new: 0, resolved: 0, unseen: 0 });
  expect(observationsOf(again.result)).toEqual(observationsOf(live.result));
}

async function replayOf(workspace: string) {
  const file = join(workspace, 'again.json');
  const inputs = ['--config', join(workspace, 'mfa-drift.yaml'), '--policies', join(workspace, 'policies')];
  const from = join(workspace, 'result.json');
  const ended = await run(['audit', ...inputs, '--from', from, '--report', `json=${file}`], {});
  return { ...ended, result: JSON.parse(await readFile(file, 'utf8')) as SavedResult };
}

/** What was read, word for word. */
function observationsOf({ accounts, units, skipped, pools }: SavedResult): unknown {
  const read = pools.map(({ poolId, observedAt, requestId, config, userPool, tags, unknownFields }) => {
    return { poolId, observedAt, requestId, config, userPool, tags, unknownFields };
  });
  return { accounts, units, skipped, read };
}

describe('a changed policy', () => {
  const off = { MfaConfiguration: 'OFF' };

  test('shows which pools change their verdict, and which way', async () => {
    const holds = aPool();
    const misses = aPool({ poolId: 'eu-west-1_Zz98Yy76X', poolName: 'staff', config: off });
    const { result, exitCode, stderr } = await replayed(wantsTotp, { pools: [holds, misses] });
    expect(result.pools.map(({ earlierStatus, status }) => [earlierStatus, status])).toEqual([
      ['compliant', 'compliant'],
      ['compliant', 'drifted'],
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('exit 2: 1 of 2 pools drifts; 1 finding is new\n');
  });

  test('is a comment for a pull request', async () => {
    const { stdout } = await replayed(wantsTotp, { pools: [aPool({ config: off })] }, '--report', 'markdown');
    expect(stdout).toContain('1 of 1 pool has another verdict');
    expect(stdout).toContain('| compliant | drifted | 1 | worse |');
    expect(stdout).toMatch(/eu-west-1&#95;Ab12Cd34E.*\| compliant \| drifted \| .*prod-customers/);
  });

  test('is resolved as a change of policy where it asks for less, not as a fix', async () => {
    const finding = aFinding({ policy: 'prod-customers', path: 'MfaConfiguration', expected: 'ON', actual: 'OFF' });
    const drifted = aPool({ status: 'drifted', config: off, findings: [finding] });
    const lenient = policyText('prod-customers', 'expect: {}');
    const { result, exitCode } = await replayed(lenient, { pools: [drifted] });
    expect(result.resolved).toMatchObject([{ path: 'MfaConfiguration', reason: 'policy-changed' }]);
    expect(exitCode).toBe(0);
  });

  test('fails only by what it brings, with --fail-on-new', async () => {
    const finding = aFinding({
      id: (await replayed(wantsTotp, { pools: [aPool({ config: off })] })).result.pools[0]!.findings[0]!.id,
    });
    const known = aPool({ status: 'drifted', config: off, findings: [finding] });
    expect((await replayed(wantsTotp, { pools: [known] }, '--fail-on-new')).exitCode).toBe(0);
    expect((await replayed(wantsTotp, { pools: [known] })).exitCode).toBe(2);
    expect((await replayed(wantsTotp, { pools: [aPool({ config: off })] }, '--fail-on-new')).exitCode).toBe(2);
  });
});

describe('what the saved run did not read', () => {
  test.each([
    ['tags of a pool', 'match: { poolTags: { audience: [customer] } }\nexpect: { MfaConfiguration: ON }', 'selector'],
    ['tags of an account', 'match: { accountTags: { env: [prod] } }\nexpect: { MfaConfiguration: ON }', 'selector'],
    ['members of UserPool', 'match: { UserPool: { EstimatedNumberOfUsers: { min: 1 } } }\nexpect: {}', 'selector'],
    ['members of UserPool', 'expect: { UserPool: { DeletionProtection: ACTIVE } }', 'expectation'],
  ])('%s: a gap, never a non-match', async (_what, policy, kind) => {
    const { result, exitCode } = await replayed(policyText('asks', policy), {});
    expect(result.gaps).toMatchObject([{ scope: 'pool', code: `${kind}-unreadable`, accepted: null }]);
    expect(result.gaps[0]?.remedy).toContain('Audit again');
    expect(result.pools[0]?.status).toBe('unreadable');
    expect(exitCode).toBe(3);
  });

  test('the path of an account: a gap, never a non-match', async () => {
    const inUnit = policyText('asks', 'match: { organizationalUnits: [/Workloads/Prod] }\nexpect: {}');
    const { result } = await replayed(inUnit, { accounts: [anAccount({ path: null })] });
    expect(result.gaps).toMatchObject([{ code: 'selector-unreadable' }]);
  });

  test('members that the saved run needed are judged, and one that was not there is not there', async () => {
    const policy = policyText('asks', 'expect: { UserPool: { DeletionProtection: { present: false } } }');
    const read = aPool({ userPool: { DeletionProtection: null }, tags: {} });
    const { result, exitCode } = await replayed(policy, { pools: [read] });
    expect(result.pools[0]).toMatchObject({ status: 'compliant', userPool: { DeletionProtection: null } });
    expect(exitCode).toBe(0);
  });
});

describe('gaps of the saved run', () => {
  const denied = aGap({ accountId: '111122223333', region: 'ap-east-1' });
  const ofPool = aGap({ ...denied, scope: 'pool', region: 'eu-west-1', poolId: 'eu-west-1_Ab12Cd34E' });
  const ofOrganization = aGap({ scope: 'organization', accountId: null, region: null, code: 'shard-missing' });
  const ofAccount = aGap({ scope: 'account', accountId: '111122223333', region: null });

  test('stay gaps, word for word', async () => {
    const gaps = [ofOrganization, ofAccount, denied, ofPool];
    const { result, exitCode } = await replayed(wantsTotp, {
      units: [aUnit({ region: 'ap-east-1', status: 'gap', reason: 'AccessDenied', pools: 0 }), aUnit()],
      pools: [aPool({ status: 'unreadable', config: null })],
      gaps,
    });
    expect(result.gaps).toEqual(gaps);
    expect(result.units[0]).toMatchObject({ region: 'ap-east-1', status: 'gap', reason: 'AccessDenied' });
    expect(result.pools[0]).toMatchObject({ status: 'unreadable', config: null, findings: [] });
    expect(exitCode).toBe(3);
  });

  test('may be accepted by an exception of now', async () => {
    const exceptions = `---
apiVersion: mfa-drift/v1
kind: Exceptions
exceptions:
  - { match: { regions: [ap-east-1] }, gaps: [AccessDenied], reason: closed, owner: me, expires: ${soon()} }
`;
    const { result, exitCode } = await replayed(wantsTotp + exceptions, {
      units: [aUnit({ region: 'ap-east-1', status: 'gap', reason: 'AccessDenied' }), aUnit()],
      gaps: [denied],
    });
    expect(result.gaps[0]?.accepted).toMatchObject({ owner: 'me' });
    expect(exitCode).toBe(0);
  });

  test('that policies made are asked anew', async () => {
    const unreadable = aPool({ status: 'unreadable' });
    const { result } = await replayed(wantsTotp, {
      pools: [unreadable],
      gaps: [{ ...ofPool, code: 'selector-unreadable' }],
    });
    expect(result.gaps).toEqual([]);
    expect(result.pools[0]).toMatchObject({ earlierStatus: 'unreadable', status: 'compliant' });
  });

  test('and what an interrupted run did not reach makes 3', async () => {
    const { result, exitCode } = await replayed(wantsTotp, { run: { interrupted: true, exitCode: 130 } });
    expect(result).toMatchObject({ complete: false, run: { interrupted: true } });
    expect(exitCode).toBe(3);
  });
});

function soon(): string {
  return new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
}

test('the result says where it came from, and makes no call', async () => {
  const { result } = await replayed(wantsTotp, {});
  expect(result.run.from).toEqual({
    runId: 'run-1',
    startedAt: '2026-11-18T02:11:30.000Z',
    policySetSha256: '4f1c0000aaaabbbbccccddddeeeeffff00001111222233334444555566667777',
  });
  expect(result.run.policySetSha256).not.toBe(result.run.from?.policySetSha256);
  expect(result.run.callerArn).toBe('arn:aws:sts::999988887777:assumed-role/nightly/ci');
  expect(result.summary.api.calls).toBe(0);
});

test('flags narrow it to accounts and regions that the saved result has', async () => {
  const other = aPool({ accountId: '222233334444' });
  const records = { accounts: [anAccount(), anAccount({ id: '222233334444' })], pools: [aPool(), other] };
  const units = [aUnit(), aUnit({ accountId: '222233334444' })];
  const { result } = await replayed(wantsTotp, { ...records, units }, '--account', '222233334444');
  expect(result.pools.map(({ accountId }) => accountId)).toEqual(['222233334444']);
  expect(result.run.scope.filters).toEqual({ account: ['222233334444'] });
  expect(result.unseen).toEqual([]);
  await expect(replayed(wantsTotp, {}, '--account', '999999999999')).rejects.toThrow('has no account 999999999999');
  await expect(replayed(wantsTotp, {}, '--region', 'us-east-1')).rejects.toThrow('has nothing of us-east-1');
});

test('flags that promise something of AWS are refused', async () => {
  await expect(replayed(wantsTotp, {}, '--resume')).rejects.toThrow("--resume can't go with it");
});

test('a result whose pools belong to no unit is refused, not judged in part', async () => {
  await expect(replayed(wantsTotp, { units: [] })).rejects.toThrow('belongs to no unit 111122223333 eu-west-1');
});

describe('a redacted copy', () => {
  const secretive = aPool({
    config: {
      MfaConfiguration: 'ON',
      SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'a', ExternalId: 'x' } },
    },
  });

  async function replayOfCopy(policy: string) {
    const folder = await folderWith({ 'policies/one.yaml': policy });
    const from = await folder.saveResult('copy.json', redactedCopy(saved({ pools: [secretive] })));
    return folder.run('audit', '--from', from, '--report', 'json');
  }

  test('is judged where nothing asks for what is masked, and the result is one too', async () => {
    const { exitCode, stdout } = await replayOfCopy(policyText('mode', 'expect: { MfaConfiguration: ON }'));
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ redacted: true });
  });

  test.each([
    'expect: { SmsMfaConfiguration: { SmsConfiguration: { ExternalId: x } } }\nremediation: { mode: never }',
    'match: { UserPool: { SmsConfiguration: { ExternalId: x } } }\nexpect: { MfaConfiguration: ON }',
  ])('is refused with the line where one does (%#)', async (rest) => {
    await expect(replayOfCopy(policyText('sms', rest))).rejects.toThrow(
      /redacted copy.*one\.yaml:4 asks for an external id/,
    );
  });
});

test('says of each policy what reports tell of it, wherever its file has it', async () => {
  const document = (...lines: readonly string[]) => ['apiVersion: mfa-drift/v1', 'kind: Policy', ...lines].join('\n');
  const second = document('description: &text Said once', 'controls: [*text, "CIS-8.1 6.3"]', 'name: a', 'expect: {}');
  const { result } = await replayed(`${document('name: b', 'severity: high', 'expect: {}')}\n---\n${second}\n`, {});
  expect(result.run.policySet).toEqual([
    {
      name: 'a',
      severity: 'medium',
      description: 'Said once',
      controls: ['Said once', 'CIS-8.1 6.3'],
      file: expect.stringMatching(/one\.yaml$/),
      line: 11,
    },
    {
      name: 'b',
      severity: 'high',
      description: null,
      controls: [],
      file: expect.stringMatching(/one\.yaml$/),
      line: 3,
    },
  ]);
});

test('nothing of AWS is loaded for it', async () => {
  const loaded = await modulesBehind('src/commands/audit-from-saved.ts');
  expect(loaded.has(resolve('src/domain/verdict/verdicts.ts'))).toBe(true);
  expect([...loaded].filter((module) => /@aws-sdk|@smithy|src\/(?:aws|sandbox|remediate)\//.test(module))).toEqual([]);
});

/** Every module that the file loads, through whatever others, but for those that it loads later if ever. */
async function modulesBehind(file: string, seen = new Set<string>()): Promise<ReadonlySet<string>> {
  const path = resolve(file);
  if (seen.has(path)) return seen;
  seen.add(path);
  const text = await readFile(path, 'utf8');
  for (const [, clause = '', specifier = ''] of text.matchAll(
    /^(?:import|export)\s(?!type\b)([^;]*?from\s+)?'([^']+)';/gm,
  )) {
    const isTypes = /^\{(?:\s*type\s[^,}]+,?)+\s*\}/.test(clause);
    if (isTypes) continue;
    if (specifier.includes('?')) continue;
    if (specifier.startsWith('.')) await modulesBehind(join(dirname(path), specifier), seen);
    else seen.add(specifier);
  }
  return seen;
}
