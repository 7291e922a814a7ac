/**
 * The documented policies under moto's IAM, which nobody here wrote: each suffices for what it is for, and each action that is left
 * out is named. moto judges actions and knows no resources of Cognito's: a statement that names some would deny all there.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { startMoto, type MotoServer } from '../../conformance/moto-server.ts';
import { audit, run } from '../../end-to-end/in-process.ts';
import { build, environment, post } from '../../end-to-end/moto-organization.ts';
import type { SavedResult } from '../../oracle/result-verdicts.ts';
import { without } from '../../programs.ts';
import { actionsIn, cloudFormationDocument, type PolicyName } from './documents.ts';
import { workspaceOf } from './world.ts';

/** What is tried eight times waits a minute in between, and nothing happens meanwhile. */
vi.mock(import('../../../src/pacing/clock.ts'), async (original) => {
  const { hastened } = await import('../../hastened.ts');
  return { systemClock: hastened((await original()).systemClock) };
});
vi.setConfig({ testTimeout: 300_000 });

type Keys = Readonly<Record<string, string>>;

const place = { partition: 'aws', account: '*' };

function actionsOf(policy: PolicyName): readonly string[] {
  return actionsIn(cloudFormationDocument(policy, { RemediationRoleName: 'MfaDriftRemediate' }, place));
}

function allowing(policy: PolicyName, absent?: string): string {
  const Action = actionsOf(policy).filter((action) => action !== absent);
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
}

/** moto has no ListRegions, and an audit of an organization describes no account: it lists them. */
const unasked = ['account:ListRegions', 'organizations:DescribeAccount'];
const asked = [...new Set([...actionsOf('audit'), ...actionsOf('runner')])].filter((each) => !unasked.includes(each));

/** The listing of the accounts is what all else stands on; which organization it is, only the report says. */
const exitCodes: Readonly<Record<string, number>> = {
  'organizations:ListAccounts': 1,
  'organizations:DescribeOrganization': 2,
};

/** Every fact that is asked of Organizations is needed. */
function workspaceFor(mode: 'auto' | 'manual'): Promise<string> {
  const wanted = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };
  const harmless = { MfaConfiguration: { noneOf: ['ON'] } };
  const configuration = {
    accounts: { organization: true },
    role: { name: 'MfaDriftAudit', remediationName: 'MfaDriftRemediate' },
    regions: ['us-east-1', 'eu-west-1'],
    remediation: { maxChangesPercent: 100 },
  };
  return workspaceOf(configuration, [
    { name: 'optional', match: { poolTags: { audience: ['customer'] } }, expect: wanted, remediation: { mode } },
    { name: 'units', match: { organizationalUnits: ['/Workloads'] }, expect: harmless },
    { name: 'tags', match: { accountTags: { env: ['*'] } }, expect: harmless },
  ]);
}

function filesIn(workspace: string): readonly string[] {
  return ['--config', join(workspace, 'mfa-drift.yaml'), '--policies', join(workspace, 'policies')];
}

async function orError(
  audited: () => ReturnType<typeof audit>,
): Promise<{ readonly exitCode: number; readonly stderr: string; readonly result: SavedResult | null }> {
  try {
    return await audited();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { exitCode: error.exitCode, stderr: error.message, result: null };
  }
}

/** How many pools there are of each mode. */
function modesIn({ pools }: SavedResult): Readonly<Record<string, number>> {
  const modes: Record<string, number> = {};
  for (const { config } of pools) {
    const mode = JSON.stringify(config?.['MfaConfiguration']);
    modes[mode] = (modes[mode] ?? 0) + 1;
  }
  return modes;
}

const missing = without('moto', 'boto3');

describe.skipIf(missing !== '')(`with IAM enforced by moto${missing}`, () => {
  let moto: MotoServer;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto.stop());

  /** Of three members one is closed; the others have 4 pools with OFF and 2 with OPTIONAL. `keys`: the runner's environment. */
  async function world(absent?: string): Promise<{ readonly keys: Keys; readonly members: readonly string[] }> {
    const policies = (['audit', 'runner', 'remediation'] as const).map((policy) => allowing(policy, absent));
    const { runner, members, closed } = await build(moto, 3, ...policies);
    await post(moto, 'reset-auth', '0');
    onTestFinished(() => post(moto, 'reset-auth', 'inf'));
    return { keys: { ...environment(moto.url), ...runner }, members: members.filter((member) => member !== closed) };
  }

  async function modes(keys: Keys): Promise<Readonly<Record<string, number>>> {
    return modesIn((await audit(await workspaceFor('manual'), keys)).result);
  }

  test('an audit is complete, and doctor misses nothing', async () => {
    const { keys, members } = await world();
    const workspace = await workspaceFor('manual');
    const { result } = await audit(workspace, keys);
    expect(result.gaps).toEqual([]);
    expect(modesIn(result)).toEqual({ '"OFF"': 4, '"OPTIONAL"': 2 });
    const doctor = await run(['doctor', '--account', members.join(), ...filesIn(workspace)], keys);
    expect(doctor.exitCode, doctor.stdout).toBe(0);
  });

  test.each(asked)('without %s an audit names it', async (action) => {
    const { keys } = await world(action);
    const { exitCode, result, stderr } = await orError(async () => audit(await workspaceFor('manual'), keys));
    const said = [...(result?.gaps ?? []), ...(result?.warnings ?? [])].map(({ message }) => message);
    expect([stderr, ...said].join('\n')).toContain(action);
    expect(exitCode).toBe(exitCodes[action] ?? 3);
  });

  test('a plan is applied and rolled back', async () => {
    const { keys } = await world();
    const workspace = await workspaceFor('manual');
    const [plan, journal] = [join(workspace, 'plan.json'), join(workspace, 'journal.ndjson')];
    const planned = await run(
      ['plan', '--out', plan, '--run-dir', join(workspace, 'run'), ...filesIn(workspace)],
      keys,
    );
    expect(planned.exitCode, planned.stdout).toBe(2);
    const applied = await run(['apply', plan, '--journal', journal, '--yes', ...filesIn(workspace)], keys);
    expect(applied.exitCode, applied.stdout).toBe(0);
    expect(await modes(keys)).toEqual({ '"OPTIONAL"': 6 });
    const { stdout } = await run(['journal', journal], keys);
    const digest = stdout.match(/sha256:[0-9a-f]{64}/g)?.at(-1) ?? '';
    const back = ['rollback', journal, '--journal-digest', digest, '--yes', ...filesIn(workspace)];
    const undone = await run(back, keys);
    expect(undone.exitCode, undone.stdout).toBe(0);
    expect(await modes(keys)).toEqual({ '"OFF"': 4, '"OPTIONAL"': 2 });
  });

  test('without cognito-idp:SetUserPoolMfaConfig a change fails and says why, and nothing is changed', async () => {
    const action = 'cognito-idp:SetUserPoolMfaConfig';
    const { keys } = await world(action);
    const workspace = await workspaceFor('auto');
    const flags = [
      '--remediate',
      '--report',
      'table',
      '--report',
      `json=${join(workspace, 'night.json')}`,
      '--run-dir',
      join(workspace, 'run'),
      ...filesIn(workspace),
    ];
    const { exitCode, stdout } = await run(['audit', ...flags], keys);
    expect(exitCode, stdout).toBe(4);
    expect(stdout).toContain(action);
    expect(await modes(keys)).toEqual({ '"OFF"': 4, '"OPTIONAL"': 2 });
  });
});
