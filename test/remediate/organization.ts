/** A small organization with the pools that a test asks for, the files of a user beside it, and the program run on both. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import type { JsonObject } from '../../src/domain/model/json.ts';
import type { Plan } from '../../src/domain/remediation/model/plan.ts';
import type { JournalEntry } from '../../src/remediate/journal/format.ts';
import type { Fleet, FleetAccount, PlacedPool } from '../../src/sandbox/fleet/fleet.ts';
import { directoryOf, type UserGroup } from '../../src/sandbox/fleet/directory.ts';
import { noQuotas } from '../../src/sandbox/quotas.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { run, type Ended } from '../end-to-end/in-process.ts';
import { defaultRegions } from '../oracle/answers.ts';
import { temporaryFolder } from '../temporary.ts';
import { plainOrganization } from '../plain-organization.ts';

export const region = 'eu-west-1';
export const managementId = '111122220000';
export const memberId = '111122220001';

export interface PoolDraft {
  /** Behind `eu-west-1_`. */
  readonly id: string;
  readonly accountId?: string;
  readonly mfa?: JsonObject;
  readonly userPool?: JsonObject;
  /** Default: `region`. A pool whose id says another is a replica. */
  readonly region?: string;
  readonly directory?: readonly UserGroup[];
}

export function poolId(id: string): string {
  return `eu-west-1_${id}`;
}

const reading = ['cognito-idp:List*', 'cognito-idp:Describe*', 'cognito-idp:Get*', 'account:ListRegions'];

/** Pools are in the first member account unless they say otherwise. */
export function fleetOf(pools: readonly PoolDraft[]): Fleet {
  const ids = [...new Set([managementId, memberId, ...pools.map(({ accountId }) => accountId ?? memberId)])];
  return {
    seed: 1,
    ...plainOrganization('o-remediation1', managementId),
    homeRegion: region,
    accounts: ids.map((id) => accountOf(id, pools)),
    quotas: noQuotas,
    emptyPages: 0,
    switches: {},
  };
}

function accountOf(id: string, pools: readonly PoolDraft[]): FleetAccount {
  const role = { externalId: null, trusts: [managementId], maxSessionSeconds: 3600 };
  return {
    id,
    name: `account-${id.slice(-1)}`,
    email: `${id}@example.com`,
    state: 'ACTIVE',
    parentId: 'r-ab12',
    tags: {},
    roles: [
      { ...role, name: 'MfaDriftAudit', permissions: { allows: reading, lacks: [] } },
      {
        ...role,
        name: 'MfaDriftRemediate',
        permissions: { allows: ['cognito-idp:SetUserPoolMfaConfig', 'iam:PassRole'], lacks: [] },
      },
      {
        ...role,
        name: 'MfaDriftReadiness',
        permissions: { allows: ['cognito-idp:ListUsers', 'cognito-idp:AdminGetUserAuthFactors'], lacks: [] },
      },
    ],
    regions: Object.fromEntries(defaultRegions.map((name) => [name, 'ENABLED_BY_DEFAULT'])),
    pools: pools.filter((pool) => (pool.accountId ?? memberId) === id).map((pool) => placed(id, pool)),
  };
}

function placed(accountId: string, draft: PoolDraft): PlacedPool {
  const { id, mfa = { MfaConfiguration: 'OFF' }, userPool = {}, directory } = draft;
  const place = {
    accountId,
    region: draft.region ?? region,
    id: poolId(id),
    name: `pool-${id}`,
    primaryRegion: region,
  };
  const users = directory === undefined ? undefined : directoryOf(directory, 1, id);
  const estimate = { EstimatedNumberOfUsers: users?.length ?? 10 };
  const pool = { ...place, mfaConfig: mfa, userPool: { ...estimate, ...userPool }, ...(users && { users }) };
  return { pool, vanishes: false };
}

/** Every pool offers an authenticator app. */
export const floor = {
  name: 'floor',
  severity: 'high',
  expect: {
    MfaConfiguration: { oneOf: ['ON', 'OPTIONAL'], set: 'OPTIONAL' },
    SoftwareTokenMfaConfiguration: { Enabled: true },
  },
  remediation: { mode: 'auto', allow: ['tightening'] },
} as const;

export interface Files {
  readonly policies?: readonly object[];
  readonly exceptions?: readonly object[];
  readonly remediation?: object;
  readonly configuration?: object;
}

export interface Organization {
  readonly sandbox: Sandbox;
  readonly folder: string;
  readonly plan: string;
  readonly journal: string;
  /** Of `remediate`. */
  readonly night: string;
  write(files: Files): Promise<void>;
  /** Runs a command with the files of the folder. */
  cli(...args: readonly string[]): Promise<Ended>;
  /** Runs a command that knows nothing of AWS. */
  sandboxless(...args: readonly string[]): Promise<Ended>;
  makePlan(...args: readonly string[]): Promise<Ended>;
  /** With `--yes`, the plan and the journal of the folder. */
  apply(...args: readonly string[]): Promise<Ended>;
  /** With `--yes` and the digest of the journal of the folder, as somebody has it who kept it. */
  rollback(...args: readonly string[]): Promise<Ended>;
  remediate(...args: readonly string[]): Promise<Ended>;
  readPlan(): Promise<Plan>;
  readJournal(file?: string): Promise<readonly JournalEntry[]>;
  /** What the pool's `GetUserPoolMfaConfig` answers now. */
  mfa(id: string, accountId?: string): JsonObject | undefined;
  /** How many calls of `SetUserPoolMfaConfig` were carried out. */
  writes(): number;
}

/** Closed and deleted when the test ends. */
export async function organization(
  pools: readonly PoolDraft[],
  files: Files = {},
  options: Partial<SandboxOptions> = {},
): Promise<Organization> {
  const sandbox = await startSandbox({ fleet: fleetOf(pools), recordCalls: true, ...options });
  onTestFinished(() => sandbox.close());
  const folder = await temporaryFolder();
  await writeFiles(folder, files);
  return organizationIn(folder, sandbox);
}

function organizationIn(folder: string, sandbox: Sandbox): Organization {
  const plan = join(folder, 'plan.json');
  const journal = join(folder, 'journal.ndjson');
  const night = join(folder, 'night.ndjson');
  const files = ['--config', join(folder, 'mfa-drift.yaml'), '--policies', join(folder, 'policies')];
  const cli = (...args: readonly string[]): Promise<Ended> =>
    run([...args, ...files, '--log-level', 'error'], sandbox.environment);
  return {
    sandbox,
    folder,
    plan,
    journal,
    night,
    write: (changed) => writeFiles(folder, changed),
    cli,
    sandboxless: (...args) => run(args, {}),
    makePlan: (...args) => cli('plan', '--out', plan, '--run-dir', join(folder, 'run'), ...args),
    apply: (...args) => cli('apply', plan, '--journal', journal, '--yes', ...args),
    rollback: async (...args) => cli('rollback', journal, '--yes', ...(await keptDigest(journal)), ...args),
    remediate: (...args) =>
      cli('audit', '--remediate', '--journal', night, '--run-dir', join(folder, 'run'), '--quiet', ...args),
    readPlan: async () => JSON.parse(await readFile(plan, 'utf8')),
    readJournal: async (file = journal) => journalEntries(await readFile(file, 'utf8')),
    mfa: (id, accountId = memberId) => sandbox.pool(accountId, region, poolId(id))?.mfaConfig,
    writes: () => sandbox.calls.count('SetUserPoolMfaConfig', 'ok'),
  };
}

/** `--journal-digest`, of the last whole line; nothing where there is no journal. */
export async function keptDigest(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).trimEnd();
  const last = lines.split('\n').at(-1) ?? '';
  return last === '' ? [] : ['--journal-digest', createHash('sha256').update(last).digest('hex')];
}

/** All lines but the first; of a torn journal those that are whole. */
export function journalEntries(text: string, how: 'whole' | 'torn' = 'whole'): readonly JournalEntry[] {
  const whole = how === 'torn' ? text.slice(0, text.lastIndexOf('\n') + 1) : text;
  return whole
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line));
}

export async function writeFiles(
  folder: string,
  { policies = [floor], exceptions = [], remediation, configuration }: Files,
) {
  const version = { apiVersion: 'mfa-drift/v1' };
  const rules = { maxChanges: 1000, maxChangesPercent: 100, ...remediation };
  const names = ['UserPoolRead', 'UserPoolResourceRead', 'UserPoolResourceUpdate', 'UserList', 'UserRead'];
  const quotas = Object.fromEntries(names.map((name) => [name, 1000]));
  await mkdir(join(folder, 'policies'), { recursive: true });
  await writeFile(
    join(folder, 'mfa-drift.yaml'),
    stringify({
      ...version,
      kind: 'Config',
      accounts: { organization: true },
      role: { name: 'MfaDriftAudit', remediationName: 'MfaDriftRemediate', readinessName: 'MfaDriftReadiness' },
      regions: [region],
      limits: { quotas, quotaShare: 1 },
      remediation: rules,
      ...configuration,
    }),
  );
  const documents = [
    ...policies.map((policy) => stringify({ ...version, kind: 'Policy', ...policy })),
    ...(exceptions.length > 0 ? [stringify({ ...version, kind: 'Exceptions', exceptions })] : []),
  ];
  await writeFile(join(folder, 'policies', 'all.yaml'), documents.join('---\n'));
}
