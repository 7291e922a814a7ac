/** The verdict on one pool: what its answers and the policies make of it. */
import type { JsonObject } from '../../src/domain/json.ts';
import { extraMembers, judge, type Miss, type Subject } from './judging.ts';
import type { Exception, Policy, Writing } from './language.ts';
import { matches, tagsOf, type Facts, type PoolFacts } from './selecting.ts';
import type { Three } from './three.ts';

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
  if (typeof config === 'string') return { status: 'unreadable', policies, findings: [], gaps: [config] };
  const gaps = new Set<string>();
  if (answers.some(([, answer]) => answer === 'unknown')) gaps.add('selector-unreadable');
  const findings = matching.flatMap((policy) => findingsOf(policy, config, pool, writing, today, gaps));
  if (gaps.size > 0) return { status: 'unreadable', policies, findings, gaps: [...gaps] };
  if (matching.length === 0) return { status: 'uncovered', policies, findings: uncovered(writing), gaps: [] };
  const isDrifted = findings.some(({ status }) => status === 'drift');
  const status = isDrifted ? 'drifted' : findings.length > 0 ? 'excepted' : 'compliant';
  return { status, policies, findings, gaps: [] };
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
    const answer = isExcepted(policy.name, path, pool.facts, writing.exceptions, today);
    if (answer === 'unknown') gaps.add('selector-unreadable');
    const status = answer === 'yes' ? 'excepted' : 'drift';
    return { policy: policy.name, path, severity: policy.severity ?? 'medium', status, actual };
  });
}

function isExcepted(
  policy: string,
  path: string,
  facts: Facts,
  exceptions: readonly Exception[],
  today: string,
): Three {
  let answer: Three = 'no';
  for (const exception of exceptions) {
    if (exception.gaps !== undefined || exception.hold === true || exception.expires < today) continue;
    if (exception.policies !== undefined && !exception.policies.includes(policy)) continue;
    if (exception.paths !== undefined && !exception.paths.some((each) => `${path}.`.startsWith(`${each}.`))) continue;
    const match = matches(exception.match, facts);
    if (match === 'yes') return 'yes';
    if (match === 'unknown') answer = 'unknown';
  }
  return answer;
}

function uncovered({ configuration }: Writing): readonly FindingVerdict[] {
  if (!configuration.requireCoverage) return [];
  return [{ policy: null, path: '', severity: 'medium', status: 'drift', actual: null }];
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
