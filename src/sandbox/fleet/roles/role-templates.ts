/** What the roles of `deploy/` may, read from the templates themselves, so that what is tried here is what is deployed. */
import { readFileSync } from 'node:fs';
import { isJsonObject, type JsonValue } from '../../../domain/model/json.ts';
import { packageFile } from '../../../package-file.ts';
import { parsePolicy, type Statement } from '../../identity/policy.ts';
import { stackOf, type Parameters } from './stack-template.ts';

/** By the resource of the template that holds the policy. */
const resources = {
  'audit-role': 'AuditRole',
  'delivery-role': 'DeliveryRole',
  'organization-role': 'OrganizationRole',
  'readiness-role': 'ReadinessRole',
  'remediation-role': 'RemediationRole',
  'runner-policy': 'RunnerPolicy',
} as const;

export type RoleTemplate = keyof typeof resources;
export const roleTemplates = Object.keys(resources) as readonly RoleTemplate[];

/** Partition and account are those of the role itself, whichever they are. */
const anywhere: Parameters = { 'AWS::Partition': '*', 'AWS::AccountId': '*' };

/** With the defaults of the template's parameters. */
export function policyOfTemplate(name: RoleTemplate): readonly Statement[] {
  return documentsOf(`${name}.yaml`, resources[name], anywhere).flatMap(parsePolicy);
}

/**
 * The policy documents of a role or a managed policy, as they would be deployed.
 *
 * @param template a file of `deploy/`
 * @param resource its name in the template
 */
export function documentsOf(template: string, resource: string, parameters: Parameters): readonly JsonValue[] {
  const text = readFileSync(packageFile(`deploy/${template}`), 'utf8');
  const property = stackOf(text, parameters);
  const inline = property(resource, 'Policies');
  const documents = Array.isArray(inline)
    ? (inline as readonly JsonValue[]).map((policy) => (isJsonObject(policy) ? policy['PolicyDocument'] : null))
    : [property(resource, 'PolicyDocument')];
  return documents.map((document) => {
    if (document !== undefined && document !== null) return document;
    throw new Error(`deploy/${template} has no policy of ${resource}`);
  });
}
