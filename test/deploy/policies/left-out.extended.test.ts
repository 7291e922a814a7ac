/**
 * Every action of every documented policy, left out: the commands name it, as a gap, a warning, an error, a failed change or a
 * failed delivery, and never end as if nothing was missing. So none is granted that no command uses.
 */
import { describe, expect, it, vi } from 'vitest';
import { actionsIn, cloudFormationDocument, type PolicyName } from './documents.ts';
import { played, scenarioNames, scenarioOf, type Outcome, type ScenarioName } from './scenarios.ts';
import { management } from './world.ts';

/** Each runs several commands; a machine with other work is slow at that. */
vi.setConfig({ testTimeout: 300_000 });

type Kind = 'gap' | 'warning' | 'error' | 'change' | 'delivery' | 'note';

/** What the contract makes of each where it is denied (docs/codes.md, docs/deliver.md, docs/readiness.md). */
const kinds: Readonly<Record<string, Kind>> = {
  // The regions are tried instead, units and tags are gaps of the pools whose policies ask for them.
  'account:ListRegions': 'warning',
  'organizations:DescribeAccount': 'warning',
  'organizations:DescribeOrganization': 'warning',
  'organizations:ListOrganizationalUnitsForParent': 'warning',
  'organizations:ListParents': 'warning',
  'organizations:ListRoots': 'warning',
  'organizations:ListTagsForResource': 'warning',
  'cloudtrail:LookupEvents': 'warning',
  'organizations:ListAccounts': 'error',
  'cognito-idp:DescribeUserPool': 'gap',
  'cognito-idp:GetUserPoolMfaConfig': 'gap',
  'cognito-idp:ListUserPools': 'gap',
  'sts:AssumeRole': 'gap',
  'cognito-idp:AdminGetUser': 'note',
  'cognito-idp:AdminGetUserAuthFactors': 'note',
  'cognito-idp:ListUsers': 'note',
  'cognito-idp:SetUserPoolMfaConfig': 'change',
  'iam:PassRole': 'change',
  'events:PutEvents': 'delivery',
  's3:GetEncryptionConfiguration': 'note',
  's3:GetObject': 'delivery',
  's3:PutObject': 'delivery',
  'securityhub:BatchImportFindings': 'delivery',
  'securityhub:GetAdministratorAccount': 'delivery',
  'securityhub:GetFindings': 'delivery',
};

/** How it is named, in each way in which it is. */
function namedAs(action: string, { exitCode, stdout, stderr, result }: Outcome): readonly Kind[] {
  const says = (texts: readonly string[]): boolean =>
    texts.some((text) => text.replaceAll(/\s+/g, ' ').includes(action));
  return [
    ...(says(result?.gaps.map(({ message }) => message) ?? []) ? ['gap' as const] : []),
    ...(says(result?.warnings.map(({ message }) => message) ?? []) ? ['warning' as const] : []),
    // A plan names on standard error what it could not read.
    ...(exitCode === 3 && says([stderr]) ? ['gap' as const] : []),
    ...(exitCode === 1 && says([stderr]) ? ['error' as const] : []),
    ...(exitCode === 4 && says([stdout]) ? ['change' as const] : []),
    ...(exitCode === 4 && says([stderr]) ? ['delivery' as const] : []),
    ...(exitCode !== 4 && says([stdout]) ? ['note' as const] : []),
  ];
}

/** What would be acted on: the code, and every verdict. */
function verdict({ exitCode, result }: Outcome): string {
  const pools = result?.pools.map(({ poolId, status }) => `${poolId} ${status}`) ?? [];
  return [exitCode, ...pools].join('\n');
}

const place = { partition: 'aws', account: management };

/** Of a policy that more was asked of, what that added; of another, all. */
function triedOf(policy: PolicyName, name: ScenarioName): readonly string[] {
  const { asked } = scenarioOf(name);
  const actions = actionsIn(cloudFormationDocument(policy, asked('aws'), place));
  if (policy !== 'runner' || Object.keys(asked('aws')).length === 0) return actions;
  const always = actionsIn(cloudFormationDocument(policy, {}, place));
  return actions.filter((action) => !always.includes(action));
}

const policiesOf = (name: ScenarioName): readonly PolicyName[] => scenarioOf(name).policies;
const policies = [...new Set(scenarioNames.flatMap(policiesOf))];

describe.each(policies)('the policy %s', (policy) => {
  const scenarios = scenarioNames.filter((name) => policiesOf(name).includes(policy));
  const actions = [...new Set(scenarios.flatMap((name) => triedOf(policy, name)))];

  it.each(actions)('without %s', async (action) => {
    const heard: Kind[] = [];
    for (const name of scenarios.filter((each) => triedOf(policy, each).includes(action))) {
      const outcome = await played(name, 'aws', { leftOut: { policy, action } });
      const named = namedAs(action, outcome);
      heard.push(...named);
      const whole = await wholeOf(name);
      // What is named by none may not have changed anything.
      expect([name, named.length > 0 ? whole : verdict(outcome)]).toEqual([name, whole]);
    }
    expect(heard).toContain(kinds[action]);
  });
});

const known = new Map<ScenarioName, Promise<string>>();
function wholeOf(name: ScenarioName): Promise<string> {
  const whole = known.get(name) ?? played(name, 'aws').then(verdict);
  known.set(name, whole);
  return whole;
}

it('the table above has every action of every policy, and no other', () => {
  const all = policies.flatMap((policy) =>
    scenarioNames.filter((name) => policiesOf(name).includes(policy)).flatMap((name) => triedOf(policy, name)),
  );
  expect([...new Set(all)].toSorted()).toEqual(Object.keys(kinds).toSorted());
});

/** What an action is granted on matters too: a role that the runner was not told of is one that it may not assume. */
it.each(scenarioNames.filter((name) => Object.keys(scenarioOf(name).asked('aws')).length > 0))(
  '%s names what is denied where the templates were not asked for it',
  async (name) => {
    const outcome = await played(name, 'aws', { asked: {} });
    const said = [
      outcome.stderr,
      outcome.stdout,
      JSON.stringify(outcome.result?.gaps),
      JSON.stringify(outcome.result?.warnings),
    ];
    expect(said.join('\n')).toMatch(
      /(?:sts:AssumeRole|securityhub:\w+|s3:PutObject|events:PutEvents|cloudtrail:LookupEvents)/,
    );
    expect(verdict(outcome) === (await wholeOf(name)) && outcome.result === null).toBe(false);
  },
);
