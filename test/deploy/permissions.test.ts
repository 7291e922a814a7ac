import { readdirSync, readFileSync } from 'node:fs';
import { parse as parseHcl } from '@cdktn/hcl2json';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { policyOfTemplate } from '../../src/sandbox/fleet/roles/role-templates.ts';
import { actionOf, blameAction, poolReadNames } from '../../src/domain/model/api/reads.ts';

const requests = 'src/aws/requests';
/** The actions of all reads of a pool, and of every other request that the program can send about accounts and pools. */
const reads: readonly string[] = poolReadNames.map(actionOf);
const actionsIn = (files: readonly string[]) =>
  files.flatMap((file) =>
    [
      ...readFileSync(`${requests}/${file}`, 'utf8').matchAll(/'((?:account|cognito-idp|organizations):[A-Z]\w+)'/g),
    ].flatMap(([, action = '']) => action),
  );
/** What is asked about users has a role of its own. */
const aboutUsers = 'user-calls.ts';
const sent = [...reads, ...actionsIn(readdirSync(requests).filter((file) => file !== aboutUsers))];
const sentOf = (service: RegExp): readonly string[] =>
  [...new Set(sent.filter((action) => service.test(action)))].toSorted();

interface Statement {
  readonly Action: string | readonly string[];
}

/** What a template's statements allow, wherever they stand in it, or in one of its resources. */
function allowedBy(template: string, resource?: string): readonly string[] {
  const found: string[] = [];
  const document = parse(readFileSync(`deploy/${template}`, 'utf8'), { logLevel: 'silent' });
  JSON.parse(
    JSON.stringify(resource === undefined ? document : document.Resources[resource]),
    (_key, value: unknown) => {
      if (isStatement(value)) found.push(...[value.Action].flat());
      return value;
    },
  );
  return sorted(found);
}

/** The same of a policy document of a Terraform module, as HashiCorp's own parser reads it (npm `@cdktn/hcl2json`). */
async function allowedByTerraform(module: string, document: string): Promise<readonly string[]> {
  const file = `deploy/terraform/${module}/main.tf`;
  const { data } = await parseHcl(file, readFileSync(file, 'utf8'));
  const [{ statement, dynamic }] = data.aws_iam_policy_document[document];
  const optional = (dynamic?.statement ?? []).flatMap(({ content }: { readonly content: unknown }) => content);
  return sorted([...statement, ...optional].flatMap(({ actions }: { readonly actions: readonly string[] }) => actions));
}

function sorted(actions: readonly string[]): readonly string[] {
  return [...new Set(actions)].filter((action) => action !== 'sts:AssumeRole').toSorted();
}

function isStatement(value: unknown): value is Statement {
  return typeof value === 'object' && value !== null && 'Action' in value;
}

/** The last one where a parameter says that it may. */
const inAccount = [...sentOf(/^(?:account|cognito-idp):(?!Set)/), blameAction].toSorted();
const listings = sentOf(/^organizations:/);

it('the audit role may do what the program reads in an account, and nothing else', async () => {
  expect(inAccount.length).toBeGreaterThan(3);
  expect(allowedBy('audit-role.yaml')).toEqual(inAccount);
  expect(allowedBy('management-account.yaml', 'AuditRole')).toEqual(inAccount);
  expect(await allowedByTerraform('account', 'audit')).toEqual(inAccount);
});

it('the readiness role may do what is asked about users, and nothing else', async () => {
  const asked = [...new Set(actionsIn([aboutUsers]))].toSorted();
  expect(allowedBy('readiness-role.yaml')).toEqual(asked);
  expect(await allowedByTerraform('account', 'readiness')).toEqual(asked);
});

it('what is billed may be asked about users only where a parameter says so', async () => {
  const { Parameters, Conditions } = parse(readFileSync('deploy/readiness-role.yaml', 'utf8'), { logLevel: 'silent' });
  expect(Parameters.AllowBilledReads.Default).toBe('false');
  expect(Conditions.MayBill).toEqual(['AllowBilledReads', 'true']);
  const allows = policyOfTemplate('readiness-role').map((rule) => JSON.stringify(rule));
  expect(allows.filter((rule) => /AdminGetUser"/.test(rule))).toEqual([]);
  const file = 'deploy/terraform/account/main.tf';
  const { variable } = await parseHcl(file, readFileSync(file, 'utf8'));
  expect(variable.allow_billed_reads).toMatchObject([{ default: false }]);
  expect(variable.readiness_role_name).toMatchObject([{ default: null }]);
});

it('the delivery role may import findings and see which are active, and nothing else', () => {
  const asked = readFileSync('src/aws/delivery/security-hub.ts', 'utf8').matchAll(/'(securityhub:[A-Z]\w+)'/g);
  // Which account that is, the caller asks in its own.
  const inHub = [...asked]
    .map(([, action = '']) => action)
    .filter((action) => !action.endsWith('GetAdministratorAccount'));
  expect(allowedBy('delivery-role.yaml')).toEqual(inHub.toSorted());
});

/** What a delivery asks of AWS as the caller, by the literals of its requests. */
const delivered = readdirSync('src/aws/delivery').flatMap((file) =>
  [...readFileSync(`src/aws/delivery/${file}`, 'utf8').matchAll(/'((?:events|s3|securityhub):[A-Z]\w+)'/g)].flatMap(
    ([, action = '']) => action,
  ),
);

it('the remediation role may write, and nothing else: pools are looked at by the role that reads', async () => {
  const writes = [...sentOf(/^cognito-idp:Set/), 'iam:PassRole'].toSorted();
  expect(allowedBy('remediation-role.yaml')).toEqual(writes);
  expect(await allowedByTerraform('account', 'remediation')).toEqual(writes);
});

it('the runner may ask of Organizations what the program asks, read its own account, deliver where it is told, and nothing else', async () => {
  expect(delivered.length).toBeGreaterThan(5);
  const both = [...new Set([...listings, ...inAccount, ...delivered])].toSorted();
  expect(allowedBy('runner-policy.yaml')).toEqual(both);
  expect(allowedBy('management-account.yaml', 'Delegation')).toEqual(listings);
  expect(allowedBy('organization-role.yaml')).toEqual(listings);
  expect(await allowedByTerraform('runner', 'runner')).toEqual(both);
  // What else a task of theirs may is the runner's policy, which a parameter names.
  const inTasks = ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'];
  expect(allowedBy('aws-batch.yaml', 'RunnerRole')).toEqual(inTasks);
  expect(allowedBy('ecs.yaml', 'RunnerRole')).toEqual(inTasks);
});

it('a role of a runner is assumed by whoever runs it, and may do nothing by itself', () => {
  expect(allowedBy('runner-role-github.yaml')).toEqual(['sts:AssumeRoleWithWebIdentity']);
  expect(allowedBy('runner-role-eks.yaml')).toEqual(['sts:TagSession']);
  expect(allowedBy('runner-role-gitlab.yaml')).toEqual([]);
});

it('who changed a pool may be asked only where a parameter says so', async () => {
  const templates = ['audit-role.yaml', 'management-account.yaml', 'runner-policy.yaml'];
  for (const template of templates) {
    const { Parameters, Conditions } = parse(readFileSync(`deploy/${template}`, 'utf8'), { logLevel: 'silent' });
    expect([template, Parameters.AllowBlame.Default]).toEqual([template, 'false']);
    expect([template, Conditions.MayBlame]).toEqual([template, ['AllowBlame', 'true']]);
  }
  expect(policyOfTemplate('audit-role').filter((rule) => JSON.stringify(rule).includes('cloudtrail'))).toEqual([]);
  for (const module of ['account', 'runner']) {
    const file = `deploy/terraform/${module}/main.tf`;
    const { variable } = await parseHcl(file, readFileSync(file, 'utf8'));
    expect(variable.allow_blame).toMatchObject([{ default: false }]);
  }
});
