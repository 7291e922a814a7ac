/** What each policy of `deploy/` is documented for: the commands, with no more asked of the templates than they say. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../../src/errors.ts';
import { systemClock } from '../../../src/pacing/clock.ts';
import { json } from '../../../src/report/formats/json.ts';
import { run, type Ended } from '../../end-to-end/in-process.ts';
import { hastened } from '../../hastened.ts';
import type { SavedResult } from '../../oracle/result-verdicts.ts';
import { aFinding, anAccount, aPool, aResult, aUnit, textOf } from '../../report/a-result.ts';
import { deliveryFront } from './delivery-front.ts';
import type { Asked, PolicyName } from './documents.ts';
import {
  management,
  member,
  poolArn,
  regionOf,
  roleArn,
  security,
  workspaceOf,
  worldOf,
  type LeftOut,
  type Setting,
} from './world.ts';

export interface Outcome extends Ended {
  /** What an audit saved. */
  readonly result: SavedResult | null;
}

interface Scenario {
  /** The policies that have to suffice. */
  readonly policies: readonly PolicyName[];
  /** What the documentation says to ask of the templates. */
  readonly asked: (partition: Setting['partition']) => Asked;
  /** Its exit code with all permissions: 2 for drift that is there. */
  readonly exitCode: number;
  /** Where the runner lives; default: in the management account. */
  readonly runner?: string;
  /** What the policies lack there in any case, since the command is for those who lack it. */
  readonly lacks?: LeftOut;
  readonly play: (setting: Setting) => Promise<Outcome>;
}

const clock = hastened(systemClock);
const nothing = (): Asked => ({});
const organization = { organization: true };

/** Runs a command; an error that ends it is told as the program tells it. */
async function ended(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Ended> {
  try {
    return await run(args, environment, { clock });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { exitCode: error.exitCode, stdout: '', stderr: error.message };
  }
}

async function audited(setting: Setting, configuration: object, ...flags: readonly string[]): Promise<Outcome> {
  const { environment } = await worldOf(setting);
  const folder = await workspaceOf(configuration);
  const file = join(folder, 'result.json');
  const reports = ['--report', `json=${file}`, '--run-dir', join(folder, 'run')];
  const end = await ended(['audit', ...filesIn(folder), ...reports, ...flags], environment);
  const text = await readFile(file, 'utf8').catch(() => 'null');
  return { ...end, result: JSON.parse(text) };
}

function filesIn(folder: string): readonly string[] {
  return ['--config', join(folder, 'mfa-drift.yaml'), '--policies', join(folder, 'policies'), '--log-level', 'error'];
}

async function changed(setting: Setting): Promise<Outcome> {
  const sandbox = await worldOf(setting);
  const role = { remediationName: 'MfaDriftRemediate' };
  const folder = await workspaceOf({ accounts: organization, role, regions: [regionOf[setting.partition]] });
  const [plan, journal] = [join(folder, 'plan.json'), join(folder, 'journal.ndjson')];
  const planned = await ended(
    ['plan', ...filesIn(folder), '--out', plan, '--run-dir', join(folder, 'run')],
    sandbox.environment,
  );
  if (planned.exitCode !== 2) return { ...planned, result: null };
  const applied = await ended(['apply', plan, ...filesIn(folder), '--journal', journal, '--yes'], sandbox.environment);
  if (applied.exitCode !== 0) return { ...applied, result: null };
  const { stdout } = await ended(['journal', journal], sandbox.environment);
  const digest = stdout.match(/sha256:[0-9a-f]{64}/g)?.at(-1) ?? '';
  const undo = ['rollback', journal, ...filesIn(folder), '--journal-digest', digest, '--yes'];
  return { ...(await ended(undo, sandbox.environment)), result: null };
}

async function asksOne(setting: Setting, ...args: readonly string[]): Promise<Outcome> {
  const { environment } = await worldOf(setting);
  const folder = await workspaceOf({ accounts: organization, role: { readinessName: 'MfaDriftReadiness' } });
  const [command = '', ...rest] = args;
  const named = [command, poolArn(setting), ...rest, '--config', join(folder, 'mfa-drift.yaml')];
  return { ...(await ended(named, environment)), result: null };
}

async function delivered(setting: Setting, target: string, administrator: string | null = null): Promise<Outcome> {
  const sandbox = await worldOf(setting);
  const front = await deliveryFront(sandbox, administrator);
  const folder = await workspaceOf({});
  const file = join(folder, 'result.json');
  const pool = aPool({ status: 'drifted', findings: [aFinding()] });
  await writeFile(file, await textOf(json(aResult({ accounts: [anAccount()], units: [aUnit()], pools: [pool] }))));
  const args = ['deliver', file, '--config', join(folder, 'mfa-drift.yaml'), '--deliveries', join(folder, 'd')];
  return { ...(await ended([...args, '--to', target], { ...sandbox.environment, ...front })), result: null };
}

/** From an account that is not the management account: its role is asked which accounts there are. */
function throughOrganizationRole(accounts: object): Scenario {
  return {
    policies: ['runner', 'audit', 'organization'],
    runner: security,
    asked: (partition) => ({ OrganizationRoleArn: roleArn({ partition }, management, 'MfaDriftOrganization') }),
    exitCode: 2,
    play: (setting) => {
      const organizationRole = roleArn(setting, management, 'MfaDriftOrganization');
      return audited(setting, {
        accounts: { ...accounts, organizationRole },
        regions: [regionOf[setting.partition]],
      });
    },
  };
}

const busArn = (partition: Setting['partition']): string =>
  `arn:${partition}:events:${regionOf[partition]}:${management}:event-bus/audit`;

export const scenarios = {
  'audit of an organization': {
    policies: ['runner', 'audit'],
    asked: nothing,
    exitCode: 2,
    play: (setting) => audited(setting, { accounts: organization }),
  },
  'audit of accounts by their ids': {
    policies: ['runner', 'audit'],
    asked: nothing,
    exitCode: 2,
    play: (setting) =>
      audited(setting, { accounts: { ids: [management, member] }, regions: [regionOf[setting.partition]] }),
  },
  'audit --blame': {
    policies: ['runner', 'audit'],
    asked: () => ({ AllowBlame: 'true' }),
    exitCode: 2,
    play: (setting) => audited(setting, { accounts: organization, regions: [regionOf[setting.partition]] }, '--blame'),
  },
  'audit through accounts.organizationRole': throughOrganizationRole({
    organization: true,
    exclude: [{ accounts: [management] }],
  }),
  'audit by ids through accounts.organizationRole': throughOrganizationRole({ ids: [member] }),
  'plan, apply and rollback': {
    policies: ['runner', 'audit', 'remediation'],
    asked: () => ({ RemediationRoleName: 'MfaDriftRemediate' }),
    exitCode: 0,
    play: changed,
  },
  readiness: {
    policies: ['runner', 'audit', 'readiness'],
    asked: () => ({ ReadinessRoleName: 'MfaDriftReadiness' }),
    exitCode: 0,
    play: (setting) => asksOne(setting, 'readiness'),
  },
  'readiness --allow-billed-reads': {
    policies: ['runner', 'audit', 'readiness'],
    asked: () => ({ ReadinessRoleName: 'MfaDriftReadiness', AllowBilledReads: 'true' }),
    lacks: { policy: 'readiness', action: 'cognito-idp:AdminGetUserAuthFactors' },
    exitCode: 0,
    play: (setting) => asksOne(setting, 'readiness', '--allow-billed-reads'),
  },
  show: {
    policies: ['runner', 'audit'],
    asked: nothing,
    exitCode: 0,
    play: (setting) => asksOne(setting, 'show'),
  },
  'deliver to the Security Hub that administers': {
    policies: ['runner', 'delivery'],
    asked: () => ({ DeliveryRoleName: 'MfaDriftDelivery' }),
    exitCode: 0,
    play: (setting) => delivered(setting, 'securityhub', security),
  },
  'deliver to Security Hub of the own account': {
    policies: ['runner'],
    asked: () => ({ AllowSecurityHub: 'true' }),
    exitCode: 0,
    play: (setting) => delivered(setting, 'securityhub'),
  },
  'deliver to a bucket': {
    policies: ['runner'],
    asked: () => ({ EvidenceBucket: 'acme-evidence' }),
    exitCode: 0,
    play: (setting) => delivered(setting, 's3://acme-evidence/mfa'),
  },
  'deliver to a bus': {
    policies: ['runner'],
    asked: (partition) => ({ EventBusArn: busArn(partition) }),
    exitCode: 0,
    play: (setting) => delivered(setting, 'eventbridge:audit'),
  },
} as const satisfies Readonly<Record<string, Scenario>>;

export type ScenarioName = keyof typeof scenarios;
export const scenarioNames = Object.keys(scenarios) as readonly ScenarioName[];

export function scenarioOf(name: ScenarioName): Scenario {
  return scenarios[name];
}

/** Plays it with what its documentation asks for, less what is left out. */
export function played(
  name: ScenarioName,
  partition: Setting['partition'],
  { asked, leftOut }: { readonly asked?: Asked; readonly leftOut?: LeftOut } = {},
): Promise<Outcome> {
  const scenario = scenarioOf(name);
  const { runner, lacks } = scenario;
  return scenario.play({
    partition,
    asked: asked ?? scenario.asked(partition),
    without: [...(lacks === undefined ? [] : [lacks]), ...(leftOut === undefined ? [] : [leftOut])],
    ...(runner === undefined ? {} : { runner }),
  });
}
