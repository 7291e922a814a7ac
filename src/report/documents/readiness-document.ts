/** Readiness of pools for a program: counts and shares, and nobody's name. */
import { enrolments } from '../../domain/model/enrolment.ts';
import {
  branchNames,
  signInOutcomes,
  type SignInOutcome,
  type PoolFacts,
  type GuideReading,
} from '../../domain/readiness/decision-list.ts';
import { designs, type Measurement, type Outcomes, type Share } from '../../domain/readiness/measurement.ts';
import { userKinds, type UserKind } from '../../domain/readiness/users.ts';
import {
  choice,
  count,
  described,
  flag,
  list,
  map,
  moment,
  nullable,
  part,
  record,
  text,
} from '../../result/saved/schema-pieces.ts';
import type { ReadinessEntry } from '../readiness.ts';
import { documentSchema, headMembers, headOf, type DocumentHead } from './document.ts';

interface ReadinessDocument extends DocumentHead<'ReadinessReport'> {
  readonly pools: readonly ReadinessEntry[];
}

export function readinessDocument(pools: readonly ReadinessEntry[]): ReadinessDocument {
  return { ...headOf('ReadinessReport'), pools };
}

const share = record<Share>({ share: part, low: part, high: part });

const outcomeCounts = record<Outcomes>({
  ready: count,
  'must-enrol': count,
  'locked-out': count,
  'passkey-only': count,
} satisfies Record<SignInOutcome, unknown>);

const facts = record<PoolFacts>({
  required: described('MFA is required in it.', flag),
  passkeys: described('Passkeys that users have registered still work.', flag),
  totp: flag,
  sms: flag,
  email: flag,
  recovery: described(
    'The primary way to recover an account; null: an administrator does.',
    nullable(choice(['email', 'phone'])),
  ),
});

const measurement = record<Measurement>({
  design: described('How the users that were asked were drawn.', choice(designs)),
  fellBack: described('Why not as the size of the pool would have it; null: it was.', nullable(text)),
  enrolment: described('Who enrols users without a factor; null: nobody said.', nullable(choice(enrolments))),
  pool: described('What decides of the pool, as it would be.', facts),
  population: described('Local, enabled, confirmed users; by prefix-clusters an estimate.', count),
  listed: described(
    'All users that were listed.',
    record<Measurement['listed']>({
      local: count,
      federated: count,
      disabled: count,
      unconfirmed: count,
    } satisfies Record<UserKind, unknown>),
  ),
  asked: count,
  branches: described(
    `Of those asked, by the row of the decision list that decided: ${branchNames.join(', ')}; rows that decided about nobody are left out.`,
    map(count),
  ),
  outcomes: described(
    `Of those asked (${signInOutcomes.join(', ')}): as the guide is written, and where it is read kindly.`,
    record<Record<GuideReading, Outcomes>>({ 'as-written': outcomeCounts, lenient: outcomeCounts }),
  ),
  shares: described(
    'Of all, who could still sign in, with the interval of 95 %.',
    record<Record<GuideReading, Share>>({ 'as-written': share, lenient: share }),
  ),
  pages: described('Requests of ListUsers.', count),
  reads: described("Requests for a user's factors.", count),
  billed: described("Of these, by AdminGetUser, which counts the user as active for the month's bill.", count),
});

export const readinessSchema = documentSchema(
  {
    name: 'readiness-report',
    title: 'mfa-drift readiness',
    description: `What mfa-drift readiness writes with --report json. Users are ${userKinds.join(', ')}; only local ones are asked.`,
  },
  record<ReadinessDocument>({
    ...headMembers('ReadinessReport'),
    pools: list(
      record<ReadinessEntry>({
        account: text,
        region: text,
        poolId: text,
        poolName: described('Empty where the pool could not be read.', text),
        measuredAt: moment,
        waitsFor: described('The share that policies wait for; null: none does, or nobody asked.', nullable(part)),
        readiness: described('null: not measured, and failure says why.', nullable(measurement)),
        failure: nullable(
          record<NonNullable<ReadinessEntry['failure']>>({
            code: described('null: what was asked for is not there.', nullable(text)),
            message: text,
            remedy: text,
          }),
        ),
      }),
    ),
  }),
  {},
);
