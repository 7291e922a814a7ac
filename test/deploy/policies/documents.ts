/** Every policy document that `deploy/` grants the program, and where it stands in CloudFormation and in Terraform. */
import type { JsonValue } from '../../../src/domain/model/json.ts';
import { documentsOf } from '../../../src/sandbox/fleet/roles/role-templates.ts';
import { parsePolicy, type Statement } from '../../../src/sandbox/identity/policy.ts';
import { terraformDocument, type Place } from './terraform.ts';

interface DocumentedPolicy {
  /** Template and the resource in it. */
  readonly cloudFormation: readonly [file: string, resource: string];
  readonly terraform: readonly [module: 'account' | 'runner', document: string];
}

export const documented = {
  audit: { cloudFormation: ['audit-role.yaml', 'AuditRole'], terraform: ['account', 'audit'] },
  'audit, in the management account': {
    cloudFormation: ['management-account.yaml', 'AuditRole'],
    terraform: ['account', 'audit'],
  },
  delivery: { cloudFormation: ['delivery-role.yaml', 'DeliveryRole'], terraform: ['account', 'delivery'] },
  organization: {
    cloudFormation: ['organization-role.yaml', 'OrganizationRole'],
    terraform: ['account', 'organization'],
  },
  readiness: { cloudFormation: ['readiness-role.yaml', 'ReadinessRole'], terraform: ['account', 'readiness'] },
  remediation: { cloudFormation: ['remediation-role.yaml', 'RemediationRole'], terraform: ['account', 'remediation'] },
  runner: { cloudFormation: ['runner-policy.yaml', 'RunnerPolicy'], terraform: ['runner', 'runner'] },
} as const satisfies Readonly<Record<string, DocumentedPolicy>>;

export type PolicyName = keyof typeof documented;
export const policyNames = Object.keys(documented) as readonly PolicyName[];

/** What is asked for beside the defaults, in CloudFormation's names; empty and `false` are the defaults. */
export type Asked = Readonly<Partial<Record<keyof typeof variables, string>>>;

/** The parameters of the templates, and what the Terraform modules call them. */
const variables = {
  AllowBilledReads: 'allow_billed_reads',
  AllowBlame: 'allow_blame',
  AllowSecurityHub: 'allow_security_hub',
  AuditRoleName: 'audit_role_name',
  DeliveryRoleName: 'delivery_role_name',
  EventBusArn: 'event_bus_arn',
  EvidenceBucket: 'evidence_bucket',
  OrganizationRoleArn: 'organization_role_arn',
  ReadinessRoleName: 'readiness_role_name',
  RemediationRoleName: 'remediation_role_name',
  SmsRoleNames: 'sms_role_names',
} as const;

export const parameterNames = Object.keys(variables) as readonly (keyof typeof variables)[];

/** As CloudFormation would deploy it there. */
export function cloudFormationDocument(name: PolicyName, asked: Asked, { partition, account }: Place): JsonValue {
  const [file, resource] = documented[name].cloudFormation;
  const [document = null, second] = documentsOf(file, resource, {
    ...asked,
    'AWS::Partition': partition,
    'AWS::AccountId': account,
  });
  if (second !== undefined) throw new Error(`${file} has several policies, and they are tried as one`);
  return document;
}

/** As Terraform would. */
export function documentOfTerraform(name: PolicyName, asked: Asked, place: Place): Promise<JsonValue> {
  const [module, document] = documented[name].terraform;
  const values = Object.entries(asked).map(([parameter, value]): [string, JsonValue] => [
    variables[parameter as keyof Asked],
    value === 'true' || value === 'false' ? value === 'true' : value,
  ]);
  return terraformDocument(module, document, Object.fromEntries(values), place);
}

/** Without regard to the order of actions, resources and statements. */
export function inOrder(document: JsonValue): readonly Statement[] {
  const statements = parsePolicy(document).map(({ actions, resources, ...rest }) => ({
    ...rest,
    actions: actions.toSorted(),
    resources: resources.toSorted(),
  }));
  return statements.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

/** Each once, in alphabetical order. */
export function actionsIn(document: JsonValue): readonly string[] {
  return [...new Set(parsePolicy(document).flatMap(({ actions }) => actions))].toSorted();
}
