/** Configurations, policies and exceptions that fit a generated fleet. */
import * as fc from 'fast-check';
import type { Fleet } from '../../src/sandbox/fleet/fleet.ts';
import { unitsAbove } from './answers.ts';
import { describedTest, expectation } from './generate-expectations.ts';
import { auditRole, busyRegions, externalId, otherRole } from './generate-fleet.ts';
import type { Configuration, Exception, Policy, Selector, Writing } from './language.ts';

const one = fc.constantFrom;
const accountGlobs = ['shop*', '*-prod', 'h?', 'Legacy (old) v1.?', '*'];
const poolGlobs = ['customers-*', '*portal', 'a+b=c@d', 'admin?console', '*'];

export function generatedWriting(fleet: Fleet, today: string): fc.Arbitrary<Writing> {
  return fc.array(policyDraft(fleet), { minLength: 1, maxLength: 4, size: 'max' }).chain((drafts) => {
    const policies = drafts.map((draft, index): Policy => ({ name: `policy-${index}`, ...draft }));
    return fc.record({
      configuration: configuration(fleet),
      policies: fc.constant(policies),
      exceptions: fc.array(exception(fleet, policies, today), { maxLength: 3, size: 'max' }),
    });
  });
}

/** Keys that were not drawn are not there. */
function present<T>(members: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(members, { requiredKeys: [] }) as fc.Arbitrary<T>;
}

const accountTags = one<Record<string, string[]>[]>(
  { env: ['prod'] },
  { env: ['prod*', 'dev'] },
  { env: ['*'], team: ['payments'] },
);
const poolTags = one<Record<string, string[]>[]>(
  { audience: ['customer'] },
  { audience: ['work*'], owner: ['hr', 'shop'] },
  { exempt: ['*'] },
);

function accountSelector(fleet: Fleet): fc.Arbitrary<Selector> {
  const accounts = some([...fleet.accounts.map(({ id }) => id), ...accountGlobs]);
  const units = unitEntries(fleet);
  return fc.oneof(
    accounts.map((drawn) => ({ accounts: drawn })),
    accountTags.map((drawn) => ({ accountTags: drawn })),
    units.length === 0
      ? fc.constant({ accounts: ['*'] })
      : some(units).map((drawn) => ({ organizationalUnits: drawn })),
  );
}

/** One to three keys; each may decide. */
function selector(fleet: Fleet): fc.Arbitrary<Selector> {
  const ids = fleet.accounts.flatMap(({ pools }) => pools.slice(0, 3).map(({ pool }) => pool.id));
  const part = fc.oneof(
    accountSelector(fleet),
    some(['eu-*', 'us-east-1', '*', 'ap-east-?']).map((regions) => ({ regions })),
    some([...ids, ...poolGlobs]).map((pools) => ({ pools })),
    poolTags.map((drawn) => ({ poolTags: drawn })),
    describedTest.map((UserPool) => ({ UserPool })),
  );
  return fc.array(part, { minLength: 1, maxLength: 2 }).map((parts): Selector => Object.assign({}, ...parts));
}

function policyDraft(fleet: Fleet): fc.Arbitrary<Omit<Policy, 'name'>> {
  return fc.boolean().chain((fixable) =>
    fc
      .record({
        severity: fc.option(one('critical', 'high', 'medium', 'low', 'info'), { nil: undefined }),
        match: fc.option(selector(fleet), { nil: undefined }),
        exclude: fc.oneof(
          { weight: 3, arbitrary: fc.constant([]) },
          { weight: 1, arbitrary: fc.array(selector(fleet), { minLength: 1, maxLength: 2 }) },
        ),
        expect: expectation(fixable),
        exact: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
      })
      .map(({ severity, match, exclude, expect, exact }) => ({
        ...(severity === undefined ? {} : { severity }),
        ...(match === undefined && exclude.length === 0
          ? {}
          : { match: { ...match, ...(exclude.length === 0 ? {} : { exclude }) } }),
        expect,
        ...(exact ? { exact } : {}),
        ...(fixable ? {} : { remediation: { mode: 'never' as const } }),
      })),
  );
}

function configuration(fleet: Fleet): fc.Arbitrary<Configuration> {
  const narrowing = present({
    include: fc.array(accountSelector(fleet), { minLength: 1, maxLength: 2 }),
    exclude: fc.array(accountSelector(fleet), { minLength: 1, maxLength: 1 }),
  });
  const organization = fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: narrowing });
  const accounts = fc.oneof(
    { weight: 8, arbitrary: organization.map((drawn) => ({ accounts: { organization: true as const, ...drawn } })) },
    { weight: 1, arbitrary: some(fleet.accounts.map(({ id }) => id)).map((ids) => ({ accounts: { ids } })) },
    { weight: 1, arbitrary: fc.constant({}) },
  );
  return fc
    .record({
      accounts,
      overridden: fc.oneof(
        { weight: 5, arbitrary: fc.constant<string[]>([]) },
        { weight: 1, arbitrary: some(fleet.accounts.map(({ id }) => id)) },
      ),
      knowsExternalId: fc.oneof(
        { weight: 9, arbitrary: fc.constant(true) },
        { weight: 1, arbitrary: fc.constant(false) },
      ),
      regions: fc.oneof(
        { weight: 1, arbitrary: fc.constant('enabled' as const) },
        { weight: 1, arbitrary: fc.constant({ exclude: ['ap-*', 'us-??st-1'] }) },
        { weight: 4, arbitrary: fc.subarray([...busyRegions, 'us-west-2', 'me-south-1'], { minLength: 3 }) },
      ),
      failOn: one('critical', 'high', 'medium', 'low', 'info'),
      requireCoverage: fc.boolean(),
    })
    .map(({ accounts: source, overridden, knowsExternalId, ...rest }): Configuration => ({
      ...source,
      role: {
        name: auditRole,
        ...(knowsExternalId ? { externalId } : {}),
        ...(overridden.length === 0
          ? {}
          : { overrides: Object.fromEntries(overridden.map((id) => [id, { name: otherRole }])) }),
      },
      ...rest,
    }));
}

const paths = [
  'MfaConfiguration',
  'SmsMfaConfiguration',
  'SoftwareTokenMfaConfiguration',
  'WebAuthnConfiguration.RelyingPartyId',
  'factors',
  'UserPool',
];

function exception(fleet: Fleet, policies: readonly Policy[], today: string): fc.Arbitrary<Exception> {
  const drift = fc.tuple(
    rarely({ policies: some(policies.map(({ name }) => name)) }),
    rarely({ paths: some(paths) }),
    rarely({ hold: fc.constant(true) }),
  );
  const gaps = some(['AccessDenied', 'malformed', 'credentials', 'selector-unreadable', 'expectation-unreadable']);
  return fc
    .record({
      match: fc.oneof(selector(fleet), fc.constant<Selector>({ accounts: ['*'] })),
      kind: fc.oneof(
        { weight: 3, arbitrary: drift.map((parts) => Object.assign({}, ...parts) as Partial<Exception>) },
        { weight: 1, arbitrary: gaps.map((codes) => ({ gaps: codes })) },
      ),
      inDays: one(-2, 3, 60, 100),
    })
    .map(({ match, kind, inDays }) => ({
      match,
      ...kind,
      reason: 'Migrates soon',
      owner: 'identity@example.com',
      expires: new Date(Date.parse(today) + inDays * 86_400_000).toISOString().slice(0, 10),
    }));
}

/** An object with the key in one of four cases, else an empty one. */
function rarely<T>(members: Readonly<Record<string, fc.Arbitrary<T>>>): fc.Arbitrary<Partial<Record<string, T>>> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: fc.record(members) });
}

/** Paths and ids of the units that exist. */
function unitEntries(fleet: Fleet): readonly string[] {
  return (fleet.organization?.units ?? []).flatMap((unit) => {
    const names = [...unitsAbove(fleet, { ...fleet.accounts[0]!, parentId: unit.parentId }), unit].map(
      ({ name }) => name,
    );
    return [unit.id, `/${names.join('/')}`];
  });
}

function some<T>(values: readonly T[]): fc.Arbitrary<T[]> {
  return fc.subarray([...values], { minLength: 1, maxLength: Math.min(3, values.length) });
}
