/** An organization in the sandbox whose roles may what the templates of `deploy/` grant, and nothing else. */
import { writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import { parsePolicy } from '../../../src/sandbox/identity/policy.ts';
import type { FleetDocument } from '../../../src/sandbox/fleet/schema.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { started } from '../../sandbox/clients.ts';
import { temporaryFolder } from '../../temporary.ts';
import { cloudFormationDocument, type Asked, type PolicyName } from './documents.ts';

export const management = '111111111111';
export const member = '222222222222';
export const security = '333333333333';

export interface LeftOut {
  readonly policy: PolicyName;
  readonly action: string;
}

export interface Setting {
  readonly partition: 'aws' | 'aws-us-gov';
  /** Parameters of the templates beside their defaults. */
  readonly asked: Asked;
  /** Actions that the policies lack. */
  readonly without?: readonly LeftOut[] | undefined;
  /** Where the runner lives; default: in the management account. */
  readonly runner?: string;
}

export const regionOf = { aws: 'eu-west-1', 'aws-us-gov': 'us-gov-west-1' } as const;

export function poolArn({ partition }: Pick<Setting, 'partition'>): string {
  return `arn:${partition}:cognito-idp:${regionOf[partition]}:${member}:userpool/${regionOf[partition]}_Customers`;
}

export function roleArn({ partition }: Pick<Setting, 'partition'>, account: string, name: string): string {
  return `arn:${partition}:iam::${account}:role/${name}`;
}

export async function worldOf(setting: Setting): Promise<Sandbox> {
  return started(fleetOf(setting));
}

function fleetOf(setting: Setting): FleetDocument {
  const region = regionOf[setting.partition];
  const role = (name: PolicyName, account: string) => ({ policy: { ...policyOf(setting, name, account) } });
  const runner = setting.runner ?? management;
  return {
    apiVersion: 'mfa-drift/v1',
    kind: 'Fleet',
    homeRegion: region,
    quotas: 'off',
    emptyPages: 0,
    organization: { id: 'o-exampleorg', managementAccount: management },
    ...(setting.partition === 'aws'
      ? {}
      : { regions: { [region]: 'ENABLED_BY_DEFAULT', 'us-gov-east-1': 'ENABLED_BY_DEFAULT' } }),
    caller: { account: runner, role: 'MfaDriftRunner', ...role('runner', runner) },
    accounts: [
      {
        id: management,
        name: 'management',
        roles: { MfaDriftOrganization: role('organization', management) },
        pools: [{ name: 'console', id: `${region}_Console`, regions: [region] }],
      },
      {
        id: member,
        name: 'shop-prod',
        unit: '/Workloads/Prod',
        tags: { env: 'prod' },
        roles: {
          MfaDriftAudit: role('audit', member),
          MfaDriftReadiness: role('readiness', member),
          MfaDriftRemediate: role('remediation', member),
        },
        pools: [customers(setting, region)],
      },
      {
        id: security,
        name: 'security',
        roles: { MfaDriftAudit: role('audit', security), MfaDriftDelivery: role('delivery', security) },
      },
    ],
  };
}

/** It sends SMS, so that a call that keeps that passes its role; and it has users. */
function customers({ partition }: Setting, region: string) {
  const SmsConfiguration = { SnsCallerArn: roleArn({ partition }, member, 'shop-cognito-sms'), ExternalId: 'x' };
  return {
    name: 'customers',
    id: `${region}_Customers`,
    regions: [region],
    mfa: { MfaConfiguration: 'OPTIONAL' as const, SmsMfaConfiguration: { SmsConfiguration } },
    userPool: { SmsConfiguration },
    directory: [
      { name: 'with-totp', count: 3, factors: ['SOFTWARE_TOKEN_MFA' as const] },
      { name: 'without', count: 2 },
    ],
  };
}

/** What is left when actions are taken out of every statement that grants them. */
function policyOf({ partition, asked, without = [] }: Setting, name: PolicyName, account: string): JsonObject {
  const document = cloudFormationDocument(name, asked, { partition, account });
  const lacks = without.flatMap(({ policy, action }) => (policy === name ? action : []));
  const left = parsePolicy(document).map(({ effect, actions, resources, conditions }) => ({
    Effect: effect,
    Action: actions.filter((action) => !lacks.includes(action)),
    Resource: resources,
    Condition: Object.fromEntries(conditions.map(({ operator, key, values }) => [operator, { [key]: values }])),
  }));
  return { Version: '2012-10-17', Statement: left.filter(({ Action }) => Action.length > 0) };
}

/** As a policy file has it. */
interface PolicyText {
  readonly name: string;
  readonly match: object;
  readonly expect: object;
  readonly remediation?: object;
}

const policies: readonly PolicyText[] = [
  {
    name: 'prod',
    match: { accounts: ['*-prod'], organizationalUnits: ['/Workloads/Prod'], accountTags: { env: ['prod'] } },
    expect: {
      MfaConfiguration: { oneOf: ['ON', 'OPTIONAL'], set: 'OPTIONAL' },
      SoftwareTokenMfaConfiguration: { Enabled: true },
      UserPool: { DeviceConfiguration: { present: false } },
    },
  },
  {
    name: 'console',
    match: { pools: ['console'] },
    expect: { MfaConfiguration: 'ON', UserPool: { DeviceConfiguration: { present: false } } },
    remediation: { mode: 'never' },
  },
];

/** A folder with a configuration and policies; by default those that need all that an audit can ask. */
export async function workspaceOf(configuration: object, those: readonly PolicyText[] = policies): Promise<string> {
  const folder = await temporaryFolder();
  const version = { apiVersion: 'mfa-drift/v1' };
  await mkdir(join(folder, 'policies'));
  await writeFile(join(folder, 'mfa-drift.yaml'), stringify({ ...version, kind: 'Config', ...configuration }));
  for (const policy of those) {
    await writeFile(
      join(folder, 'policies', `${policy.name}.yaml`),
      stringify({ ...version, kind: 'Policy', ...policy }),
    );
  }
  return folder;
}
