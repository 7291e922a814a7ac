/** The verdict on one pool: what its answers and the policies make of it. */
import type { JsonObject } from '../../src/domain/model/json.ts';
import { extraMembers, judge, type Miss, type Subject } from './judging.ts';
import type { Exception, Policy, Writing } from './language.ts';
import { matches, tagsOf, type Facts, type PoolFacts } from './selecting.ts';
import { some, type Three } from './three.ts';

export interface PoolAnswers {
  /** `GetUserPoolMfaConfig`'s answer, or the code of the gap that it is. */
  readonly config: JsonObject | string;
  readonly facts: Facts & { readonly region: string; readonly pool: PoolFacts };
}

export interface FindingVerdict {
  readonly policy: string | null;
  readonly path: string;
  readonly severity: string;
  readonly status: 'drift' | 'excepted';
  readonly actual: Miss['actual'];
}

export interface Verdict {
  readonly status: 'unreadable' | 'drifted' | 'uncovered' | 'excepted' | 'compliant';
  readonly policies: readonly string[];
  readonly findings: readonly FindingVerdict[];
  /** Codes of the pool's gaps. */
  readonly gaps: readonly string[];
}

export function verdictOn(pool: PoolAnswers, writing: Writing, today: string): Verdict {
  const answers = writing.policies.map((policy): [Policy, Three] => [policy, matches(policy.match ?? {}, pool.facts)]);
  const matching = answers.filter(([, answer]) => answer === 'yes').map(([policy]) => policy);
  const policies = matching.map(({ name }) => name);
  const { config } = pool;
  const gaps = new Set<string>();
  if (answers.some(([, answer]) => answer === 'unknown')) gaps.add('selector-unreadable');
  if (typeof config === 'string') return { status: 'unreadable', policies, findings: [], gaps: [config, ...gaps] };
  const isUncovered = gaps.size === 0 && matching.length === 0;
  const findings = isUncovered
    ? uncovered(pool, writing, today, gaps)
    : matching.flatMap((policy) => findingsOf(policy, config, pool, writing, today, gaps));
  return { status: statusOf(findings, gaps, isUncovered), policies, findings, gaps: [...gaps] };
}

function statusOf(
  findings: readonly FindingVerdict[],
  gaps: ReadonlySet<string>,
  isUncovered: boolean,
): Verdict['status'] {
  if (gaps.size > 0) return 'unreadable';
  const isDrifted = findings.some(({ status }) => status === 'drift');
  if (isUncovered && (isDrifted || findings.length === 0)) return 'uncovered';
  if (isDrifted) return 'drifted';
  return findings.length > 0 ? 'excepted' : 'compliant';
}

function findingsOf(
  policy: Policy,
  config: JsonObject,
  pool: PoolAnswers,
  writing: Writing,
  today: string,
  gaps: Set<string>,
): readonly FindingVerdict[] {
  const subject: Subject = {
    config,
    userPool: pool.facts.pool.userPool,
    name: (variable) => valueOf(variable, pool.facts),
  };
  const { misses, unknown } = judge(policy.expect, subject);
  if (unknown) gaps.add('expectation-unreadable');
  const extra = policy.exact === true ? extraMembers(policy.expect, config) : [];
  return [...misses, ...extra].map(({ path, actual }) => {
    const status = statusAt(policy.name, path, pool, writing, today, gaps);
    return { policy: policy.name, path, severity: policy.severity ?? 'medium', status, actual };
  });
}

/** An exception for all policies also excuses a pool from having none. */
function uncovered(pool: PoolAnswers, writing: Writing, today: string, gaps: Set<string>): readonly FindingVerdict[] {
  if (!writing.configuration.requireCoverage) return [];
  const status = statusAt(null, '', pool, writing, today, gaps);
  return [{ policy: null, path: '', severity: 'medium', status, actual: null }];
}

function statusAt(
  policy: string | null,
  path: string,
  { facts }: PoolAnswers,
  { exceptions }: Writing,
  today: string,
  gaps: Set<string>,
): FindingVerdict['status'] {
  const answer = some(
    exceptions.filter((each) => isAbout(each, policy, path, today)).map((each) => excuses(each, facts)),
  );
  if (answer === 'unknown') gaps.add('selector-unreadable');
  return answer === 'yes' ? 'excepted' : 'drift';
}

/** One that only stops fixes excuses nothing; whether it stops them has to be known all the same. */
function excuses({ match, hold }: Exception, facts: Facts): Three {
  const answer = matches(match, facts);
  return hold === true && answer === 'yes' ? 'no' : answer;
}

function isAbout(exception: Exception, policy: string | null, path: string, today: string): boolean {
  if (exception.gaps !== undefined || exception.expires < today) return false;
  if (exception.policies !== undefined && !exception.policies.some((name) => name === policy)) return false;
  return exception.paths === undefined || exception.paths.some((each) => `${path}.`.startsWith(`${each}.`));
}

/** `undefined`: there is no such tag; `null`: it could not be read. */
function valueOf(variable: string, { account, region, pool }: PoolAnswers['facts']): string | undefined | null {
  const tag = /^(account|pool)\.tags\.(.+)$/.exec(variable);
  if (tag !== null) {
    const tags = tag[1] === 'account' ? account.tags : pool.userPool && tagsOf(pool.userPool);
    return tags === null ? null : tags[tag[2]!];
  }
  const values: Readonly<Record<string, string | null>> = {
    'account.id': account.id,
    'account.name': account.name,
    region,
    partition: 'aws',
    'pool.id': pool.id,
    'pool.name': pool.name,
  };
  return values[variable];
}
