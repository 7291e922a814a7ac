/** From what the policies say of a pool to what is asked of its remediation. */
import type { PoolInput } from '../../policy/expect/checks.ts';
import { evaluate } from '../../policy/expect/evaluation.ts';
import { isExpired } from '../../policy/exceptions.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Policy, PolicyException } from '../../policy/policy.ts';
import { candidateOf, select } from '../../policy/match/selection.ts';
import type { RemediationSettings } from '../../settings.ts';
import type { Subject } from '../../model/subject.ts';
import { agreedValues, type Demand, type PolicyVerdict } from '../../verdict/agreed-values.ts';
import type { RequestedChange, NotFixable, Protection } from './requested-changes.ts';
import type { ViolationsIn } from './policy-impact.ts';
import type { PoolRequests } from './not-fixable.ts';

type Defaults = Pick<RemediationSettings, 'mode' | 'allow' | 'readiness'>;

/** `matching` are the policies that surely match, each with its checks of this very reading. */
export function poolRequestsOf(
  matching: readonly PolicyVerdict[],
  input: PoolInput,
  exceptions: readonly PolicyException[],
  defaults: Defaults,
  now: Date,
): PoolRequests {
  const { agreed, conflicts } = agreedValues(matching, input);
  const policies = new Map(matching.map(({ policy }) => [policy.name, policy]));
  return {
    requested: agreed.flatMap(({ path, value, because }) =>
      because.map((demand): RequestedChange => ({
        ...lineOfDemand(demand),
        ...permissionsOf(policies.get(demand.policy), defaults),
        path,
        to: value,
        isInterim: false,
      })),
    ),
    notFixable: matching.flatMap((verdict) =>
      notFixableIn(verdict, [...agreed.map(({ path }) => path), ...conflicts.map(({ path }) => path)]),
    ),
    disagreements: conflicts.map(({ path, demands }) => ({ path, demands: demands.map(lineOfDemand) })),
    protections: protectionsOf(exceptions, matching, input.subject, now),
  };
}

/** A policy's `mode`, `allow` and `readiness` replace the configuration's. */
function permissionsOf(policy: Policy | undefined, defaults: Defaults) {
  return {
    mode: policy?.mode ?? defaults.mode,
    allow: policy?.allow ?? defaults.allow,
    readiness: policy?.readiness ?? defaults.readiness,
    enrolment: policy?.enrolment ?? null,
    meanwhile: policy?.meanwhile ?? null,
  };
}

/** Misses at paths for which nothing is written by any policy. */
function notFixableIn({ policy, checks }: PolicyVerdict, settled: readonly string[]): readonly NotFixable[] {
  return checks.flatMap(({ verdict, path, location, fix }): readonly NotFixable[] => {
    if (verdict !== 'misses' || settled.includes(path)) return [];
    const code = fix.kind === 'none' && fix.reason === 'unresolved' ? 'unresolved' : 'no-target';
    return [{ policy: policy.name, path, file: location.file, line: location.line, code }];
  });
}

/** One of which it is not known whether it matches protects too. */
function protectionsOf(
  exceptions: readonly PolicyException[],
  matching: readonly PolicyVerdict[],
  subject: Subject,
  now: Date,
): readonly Protection[] {
  const names = matching.map(({ policy }) => policy.name);
  const candidate = candidateOf(subject);
  return exceptions
    .filter((exception) => exception.gaps === null && !isExpired(exception, now))
    .filter(({ policies }) => policies === null || policies.some((name) => names.includes(name)))
    .filter(({ match }) => select(match, candidate).answer !== 'no')
    .map(({ hold, paths, reason, owner, expires, location }) => ({
      code: hold ? 'held' : 'excepted',
      paths,
      reason,
      owner,
      expires,
      file: location.file,
      line: location.line,
    }));
}

/** Judges any state of the pool by the policies that match it now. */
export function violationsBy(matching: readonly PolicyVerdict[], subject: Subject): ViolationsIn {
  return (config, userPool) =>
    matching.flatMap(({ policy }) =>
      evaluate(policy.expectations, { config, subject: inState(subject, config, userPool) })
        .filter(({ verdict }) => verdict === 'misses')
        .map(({ path }) => ({ policy: policy.name, path })),
    );
}

function inState(subject: Subject, config: JsonObject, userPool: JsonObject): Subject {
  const pool = { ...subject.pool, mfaConfig: { read: true, value: config } as const };
  return { ...subject, pool: { ...pool, userPool: { read: true, value: userPool } as const } };
}

function lineOfDemand({ policy, location }: Demand): Pick<RequestedChange, 'policy' | 'file' | 'line'> {
  return { policy, file: location.file, line: location.line };
}
