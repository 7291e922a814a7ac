/** Unit tests of policies: a pool that somebody made up, and what the policies must say of it. */
import { byFurtherRead, type FurtherRead } from '../../model/api/reads.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Account, PoolObservation, Tags } from '../../model/observation.ts';
import type { PolicySet } from '../policy.ts';
import type { Finding } from '../../result/result.ts';
import type { SourceLocation } from '../../model/source-files.ts';
import { judgePool } from '../../verdict/verdicts.ts';

export interface WantedFinding {
  readonly policy: string;
  readonly path: string;
}

export interface PolicyTestCase {
  readonly name: string;
  readonly location: SourceLocation;
  readonly account: { readonly id: string; readonly name: string; readonly tags: Tags; readonly path: string };
  readonly region: string;
  readonly pool: { readonly id: string; readonly name: string; readonly tags: Tags };
  readonly config: JsonObject;
  /** The members that each answers. */
  readonly further: Readonly<Record<FurtherRead, JsonObject>>;
  readonly expect: 'compliant' | 'uncovered' | readonly WantedFinding[];
}

/** The cases of one folder and the policies beside them; exceptions have no say. */
export interface PolicyTestSuite {
  readonly set: PolicySet;
  readonly cases: readonly PolicyTestCase[];
}

/** A finding that was wanted and is not there, or one that is there and was not wanted, with the policy's own line. */
export interface TestMismatch {
  readonly kind: 'missing' | 'unexpected';
  readonly policy: string;
  readonly path: string;
  /** Of an unexpected finding: what the policy wants and the case has. */
  readonly finding: Finding | null;
  /** Of the policy, or of its expectation. */
  readonly location: Pick<Finding, 'file' | 'line' | 'column'> | null;
}

export interface TestOutcome {
  readonly name: string;
  readonly location: SourceLocation;
  readonly passed: boolean;
  readonly wanted: PolicyTestCase['expect'];
  /** `compliant`, `uncovered`, the findings there are, or `unreadable`: the case says what no answer of AWS says. */
  readonly got: PolicyTestCase['expect'] | 'unreadable';
  /** Why it is unreadable, as sentences without their end. */
  readonly flaws: readonly string[];
  /** Names of the policies that match the pool. */
  readonly policies: readonly string[];
  readonly mismatches: readonly TestMismatch[];
}

export function runPolicyTests(suites: readonly PolicyTestSuite[]): readonly TestOutcome[] {
  return suites.flatMap(({ set, cases }) => cases.map((one) => runCase({ ...set, exceptions: [] }, one)));
}

function runCase(set: PolicySet, one: PolicyTestCase): TestOutcome {
  const subject = { account: accountOf(one), region: one.region, pool: poolOf(one) };
  const { record, gaps } = judgePool(set, subject, { requireCoverage: false, now: new Date(0), managedTags: [] });
  const found = record.findings;
  const wanted = typeof one.expect === 'string' ? [] : one.expect;
  const got = gaps.length > 0 ? 'unreadable' : gotOf(record.policies, found);
  const mismatches = [...missing(wanted, found, set), ...unexpected(wanted, found)];
  const isWanted = got !== 'unreadable' && (typeof one.expect !== 'string' || one.expect === got);
  return {
    name: one.name,
    location: one.location,
    passed: mismatches.length === 0 && isWanted,
    wanted: one.expect,
    got,
    flaws: gaps.map(({ message }) => message),
    policies: record.policies,
    mismatches,
  };
}

function gotOf(policies: readonly string[], findings: readonly Finding[]): PolicyTestCase['expect'] {
  if (policies.length === 0) return 'uncovered';
  if (findings.length === 0) return 'compliant';
  return findings.map(({ policy, path }) => ({ policy: policy ?? '', path }));
}

function missing(wanted: readonly WantedFinding[], found: readonly Finding[], set: PolicySet): readonly TestMismatch[] {
  return wanted
    .filter(({ policy, path }) => !found.some((finding) => finding.policy === policy && finding.path === path))
    .map(({ policy, path }) => {
      const location = set.policies.find(({ name }) => name === policy)?.location ?? null;
      return { kind: 'missing', policy, path, finding: null, location };
    });
}

function unexpected(wanted: readonly WantedFinding[], found: readonly Finding[]): readonly TestMismatch[] {
  return found
    .filter((finding) => !wanted.some(({ policy, path }) => finding.policy === policy && finding.path === path))
    .map((finding) => {
      const { file, line, column } = finding;
      const location = { file, line, column };
      return { kind: 'unexpected', policy: finding.policy ?? '', path: finding.path, finding, location };
    });
}

/** Units have made-up ids: a case can be about paths only. */
function accountOf({ account }: PolicyTestCase): Account {
  const names = account.path.split('/').filter((name) => name !== '');
  return {
    id: account.id,
    arn: null,
    name: account.name,
    state: 'ACTIVE',
    path: names.map((name, index) => ({ id: `ou-test-${String(index).padStart(8, '0')}`, name })),
    tags: account.tags,
    regionsNotAudited: null,
  };
}

function poolOf({ pool, config, further }: PolicyTestCase): PoolObservation {
  return {
    poolId: pool.id,
    poolName: pool.name,
    observedAt: '1970-01-01T00:00:00.000Z',
    requestId: null,
    mfaConfig: { read: true, value: config },
    ...byFurtherRead((read) => ({
      read: true,
      value: read === 'userPool' ? { ...further[read], UserPoolTags: pool.tags } : further[read],
    })),
  };
}
