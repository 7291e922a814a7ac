/** CloudFormation and Terraform grant the same, statement by statement, whatever is asked for and in whichever partition. */
import { readFileSync } from 'node:fs';
import { parse as parseHcl } from '@cdktn/hcl2json';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  cloudFormationDocument,
  documented,
  documentOfTerraform,
  inOrder,
  parameterNames,
  policyNames,
  type Asked,
  type PolicyName,
} from './documents.ts';

const place = { partition: 'aws', account: '111122223333' };
const everything = {
  AllowBilledReads: 'true',
  AllowBlame: 'true',
  AllowSecurityHub: 'true',
  AuditRoleName: 'audit/Reader',
  DeliveryRoleName: 'Delivers',
  EventBusArn: 'arn:aws:events:eu-west-1:111122223333:event-bus/audit',
  EvidenceBucket: 'acme-evidence',
  OrganizationRoleArn: 'arn:aws:iam::444455556666:role/Lists',
  ReadinessRoleName: 'Counts',
  RemediationRoleName: 'Writes',
  SmsRoleNames: 'sms-*',
} as const satisfies Asked;

/** Nothing, each thing alone that its template knows, and all of it. */
function askings(name: PolicyName): readonly Asked[] {
  const alone = parameterNames.filter((parameter) => parametersOf(name).includes(parameter));
  return [{}, ...alone.map((parameter): Asked => ({ [parameter]: everything[parameter] })), everything];
}

function parametersOf(name: PolicyName): readonly string[] {
  const [file] = documented[name].cloudFormation;
  return Object.keys(parse(readFileSync(`deploy/${file}`, 'utf8'), { logLevel: 'silent' }).Parameters);
}

describe.each(policyNames)('%s', (name) => {
  it.each(['aws', 'aws-us-gov'])('is the same in both, in %s', async (partition) => {
    for (const asked of askings(name)) {
      const there = { ...place, partition };
      const one = inOrder(cloudFormationDocument(name, asked, there));
      const other = inOrder(await documentOfTerraform(name, asked, there));
      expect([asked, one]).toEqual([asked, other]);
      const arns = JSON.stringify(one).match(/arn:[^:]+:/g) ?? [];
      const ours = arns.filter((arn) => arn !== `arn:${partition}:`);
      // What a user names has the partition that the user names.
      expect(ours.length).toBeLessThanOrEqual(asked === everything ? 2 : 1);
    }
  });

  it('grants what it says and no more: no wildcard in an action, and of what writes none on every resource', () => {
    const writing = /:(?:Set|Put|Batch|Pass|Assume)/;
    for (const { actions, resources, effect } of inOrder(cloudFormationDocument(name, everything, place))) {
      expect(effect).toBe('Allow');
      expect(actions.filter((action) => !/^[a-z\d-]+:[A-Z]\w+$/.test(action))).toEqual([]);
      expect(actions.some((action) => writing.test(action)) && resources.includes('*')).toBe(false);
    }
  });

  it('has no parameter for permissions that the test does not turn', () => {
    const ofTrust = ['ExternalId', 'OrganizationId', 'RoleName', 'RunnerAccountId', 'RunnerRoleArn', 'RunnerRoleName'];
    const known: readonly string[] = [...parameterNames, ...ofTrust];
    expect(parametersOf(name).filter((parameter) => !known.includes(parameter))).toEqual([]);
  });
});

it.each(['account', 'runner'])('no variable of the module %s turns a permission unseen', async (module) => {
  const file = `deploy/terraform/${module}/main.tf`;
  const { variable } = await parseHcl(file, readFileSync(file, 'utf8'));
  const text = readFileSync('test/deploy/policies/documents.ts', 'utf8');
  const ofTrust = ['external_id', 'organization_id', 'runner_role_arn', 'role_name', 'oidc', 'service'];
  const ofNames = ['organization_role_name'];
  const unseen = Object.keys(variable).filter((name) => ![...ofTrust, ...ofNames].includes(name));
  expect(unseen.filter((name) => !text.includes(`'${name}'`))).toEqual([]);
});

describe('who may assume a role that reads or writes in an account', () => {
  const roles = [
    'audit-role',
    'management-account',
    'remediation-role',
    'readiness-role',
    'delivery-role',
    'organization-role',
  ];

  it.each(roles)(
    '%s: the runner alone, of this organization alone, with the external id where there is one',
    (template) => {
      const text = readFileSync(`deploy/${template}.yaml`, 'utf8');
      const { Resources } = parse(text, { logLevel: 'silent' });
      const found = Object.values<{ Properties: { AssumeRolePolicyDocument?: { Statement: readonly object[] } } }>(
        Resources,
      );
      const statements = found.flatMap(({ Properties }) => Properties.AssumeRolePolicyDocument?.Statement ?? []);
      expect(statements).toEqual([
        {
          Effect: 'Allow',
          Principal: { AWS: 'RunnerRoleArn' },
          Action: 'sts:AssumeRole',
          Condition: {
            StringEquals: {
              'aws:PrincipalOrgID': 'OrganizationId',
              'sts:ExternalId': ['HasExternalId', 'ExternalId', 'AWS::NoValue'],
            },
          },
        },
      ]);
    },
  );
});
