/** Whether policies let the change of a pool wait for its users, for whoever looks at the pool. */
import type { Enrolment } from '../../model/enrolment.ts';
import { mfaStateOf } from '../../model/mfa/mfa-state.ts';
import { settingsOf } from '../../model/mfa/pool-settings.ts';
import type { SourceLocation } from '../../model/source-files.ts';
import { configOf, type Subject } from '../../model/subject.ts';
import type { PolicySet } from '../../policy/policy.ts';
import { requiredFacts } from '../../readiness/required-facts.ts';
import type { RemediationSettings } from '../../settings.ts';
import type { PoolVerdict } from '../../verdict/verdicts.ts';
import { poolRequestsOf } from '../request/pool-requests.ts';
import { wantedQuestion } from './draft-pool.ts';

export interface AwaitedReadiness {
  /** The share of users. */
  readonly waitsFor: number;
  readonly enrolment: Enrolment;
  /** The lines that wait for that share. */
  readonly lines: readonly (Pick<SourceLocation, 'file' | 'line'> & { readonly policy: string })[];
  /** What would be asked is what `readiness POOL` asks: MFA required, with the factors that the pool has. */
  readonly isOfRequired: boolean;
}

/** `null`: no change waits for users, or what the policies want is not known. A replica's users are its primary's. */
export function awaitedReadiness(
  { exceptions }: PolicySet,
  defaults: Pick<RemediationSettings, 'mode' | 'allow' | 'readiness'>,
  subject: Subject,
  { matching, gaps, record }: PoolVerdict,
  now: Date,
): AwaitedReadiness | null {
  const { pool, region } = subject;
  const config = configOf(pool);
  if (config === null || gaps.length > 0 || record.replicaOf !== null || pool.userPool?.read !== true) return null;
  const userPool = pool.userPool.value;
  const requests = poolRequestsOf(matching, { subject, config }, exceptions, defaults, now);
  const question = wantedQuestion({ poolId: pool.poolId, region, config, userPool }, requests);
  if (question === null || question.waitsFor === null) return null;
  const { waitsFor, enrolment } = question;
  const required = requiredFacts(mfaStateOf(config), settingsOf(userPool, region));
  const lines = requests.requested.filter(({ readiness }) => readiness === waitsFor);
  return {
    waitsFor,
    enrolment,
    lines: lines.map(({ policy, file, line }) => ({ policy, file, line })),
    isOfRequired: JSON.stringify(required) === JSON.stringify(question.pool),
  };
}
