/** The schema of each record of a saved result: what a collection holds, and a line of the ndjson form. */
import { blame, codeEvent } from './blame-schemas.ts';
import { byFurtherRead, poolReads } from '../../domain/model/api/reads.ts';
import {
  gapCodes,
  skipReasons,
  type Account,
  type OrganizationalUnit,
  type Skip,
} from '../../domain/model/observation.ts';
import {
  poolStatuses,
  resolvedReasons,
  type EarlierFinding,
  type ExceptionRecord,
  type Finding,
  type FixRecord,
  type Gap,
  type PoolRecord,
  type RemediationRecord,
  type ResolvedFinding,
  type UnitRecord,
} from '../../domain/result/result.ts';
import {
  anyObject,
  anyValue,
  choice,
  constant,
  count,
  described,
  flag,
  list,
  map,
  moment,
  nullable,
  open,
  part,
  record,
  reference,
  text,
} from './schema-pieces.ts';
import { warningCodes, type Warning } from '../../domain/result/warning.ts';
import { enrolments } from '../../domain/model/enrolment.ts';
import { designs, type Share } from '../../domain/readiness/measurement.ts';
import type { ReadinessRecord } from '../../domain/readiness/record.ts';
import { severities } from '../../domain/model/severity.ts';
import { risks } from '../../domain/model/risk.ts';

export const exception = record<ExceptionRecord>({
  reason: text,
  owner: text,
  ticket: nullable(text),
  expires: described('The last day on which it holds, UTC.', text),
  hold: flag,
  expired: described('It ran out and excuses nothing any more.', flag),
  file: text,
  line: count,
});
const exceptionOrNull = nullable(reference('exception', exception));

export const account = open<Account>(
  {
    id: text,
    arn: described('As Organizations gives it; null: it was not listed there.', nullable(text)),
    name: nullable(text),
    state: nullable(choice(['PENDING_ACTIVATION', 'ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED'])),
    path: described(
      "From the root's first child down to the account's parent; null: not known.",
      nullable(list(record<OrganizationalUnit>({ id: text, name: nullable(text) }))),
    ),
    tags: described('null: not read.', nullable(map(text))),
    inOrganization: described('Present where the account is known to be in no organization.', constant(false)),
    regionsNotAudited: described(
      'Enabled regions that the list of regions leaves out; null: could not be asked, or is not the question.',
      nullable(list(text)),
    ),
  },
  ['inOrganization'],
);

export const unit = open<UnitRecord>({
  accountId: text,
  region: text,
  status: described('gap: it could not be read, at least not wholly.', choice(['read', 'skipped', 'gap'])),
  reason: described("A skip's reason or a gap's code.", nullable(choice([...skipReasons, ...gapCodes]))),
  pools: described('How many pools were listed.', count),
  readAt: moment,
});

export const gap = open<Gap>({
  scope: described('How much was not read.', choice(['organization', 'account', 'region', 'pool'])),
  accountId: nullable(text),
  region: nullable(text),
  poolId: nullable(text),
  code: choice(gapCodes),
  message: described('What happened, with the name that AWS has for it.', text),
  remedy: described('What to do about it.', text),
  accepted: described('The exception that accepts it; an expired one accepts nothing.', exceptionOrNull),
});

export const skip = open<Skip>({
  scope: choice(['account', 'region', 'pool']),
  accountId: text,
  region: nullable(text),
  poolId: nullable(text),
  reason: choice(skipReasons),
});

export const warning = open<Warning>({
  code: choice(warningCodes),
  message: text,
  file: nullable(text),
  line: nullable(count),
});

export const finding = record<Finding>({
  id: described('The same in every run for the same account, region, pool, policy and path.', text),
  policy: described('null: no policy matches the pool (uncovered), and path is empty.', nullable(text)),
  severity: choice(severities),
  path: described('The member of the configuration, with dots; empty: no policy matches.', text),
  expected: described('What the policy wants, its variables filled in, without `set`.', anyValue),
  actual: described('What was read; an absent value as the service reads it, else null.', anyValue),
  status: described('excepted: an exception excuses it; fixed: by this run.', choice(['drift', 'excepted', 'fixed'])),
  file: described('Of the policy, where the expectation stands; null: no policy matches.', nullable(text)),
  line: nullable(count),
  column: nullable(count),
  exception: exceptionOrNull,
  fix: nullable(
    record<FixRecord>({
      risk: nullable(text),
      refused: nullable(text),
      status: described(
        'rolling-out: what is wanted waits until enough users are ready for it.',
        nullable(choice(['rolling-out'])),
      ),
    }),
  ),
  change: nullable(choice(['new', 'persisting'])),
  since: described('When the first run began that found it; ISO 8601, UTC.', nullable(moment)),
});

export const remediation = record<RemediationRecord>({
  outcome: choice(['applied', 'unchanged', 'refused', 'failed', 'stale', 'unknown']),
  risk: nullable(choice(risks)),
  code: nullable(text),
  message: described('Why, in whole sentences; empty where the outcome says it all.', text),
  before: nullable(anyObject),
  after: nullable(anyObject),
  journal: nullable(text),
});

const share = record<Share>({ share: part, low: part, high: part });

export const readiness = record<ReadinessRecord>({
  measuredAt: moment,
  waitsFor: described('The share of users that the change waits for.', part),
  enrolment: described('Who enrols users without a factor; null: nobody said.', nullable(choice(enrolments))),
  design: described('How the users that were asked were drawn.', choice(designs)),
  population: described('Local, enabled, confirmed users; by prefix-clusters an estimate.', count),
  asked: count,
  outcomes: described(
    'Of those asked, as the guide is written.',
    record<ReadinessRecord['outcomes']>({
      ready: count,
      'must-enrol': count,
      'locked-out': count,
      'passkey-only': count,
    }),
  ),
  shares: described(
    'Of all, who could still sign in, with the interval of 95 %: as the guide is written, and where it is read kindly.',
    record<ReadinessRecord['shares']>({ 'as-written': share, lenient: share }),
  ),
  lockedOutAtMost: described('Users who could be locked out, at the most.', count),
});
const readinessOrNull = nullable(reference('readiness', readiness));

export const pool = open<PoolRecord>(
  {
    accountId: text,
    accountName: nullable(text),
    region: text,
    poolId: text,
    poolName: text,
    poolArn: text,
    status: choice(poolStatuses),
    observedAt: moment,
    requestId: nullable(text),
    policies: described('Names of the policies that surely match.', list(text)),
    managedBy: nullable(text),
    replicaOf: nullable(text),
    config: described(
      'The answer of GetUserPoolMfaConfig as it came, unknown members too; null: it failed.',
      nullable(anyObject),
    ),
    unknownFields: described("Members that this version's API model does not know, as paths.", list(text)),
    ...byFurtherRead((read) =>
      described(`The members of ${poolReads[read].request} that were needed; null: not read.`, nullable(anyObject)),
    ),
    tags: nullable(map(text)),
    findings: list(reference('finding', finding)),
    earlierStatus: described(
      'What the baseline says of the pool; null: it does not know it, or there was no comparison.',
      nullable(choice(poolStatuses)),
    ),
    readiness: described('Where a change waits for its users: how many could still sign in.', readinessOrNull),
    earlierReadiness: described('The same, as the baseline has it.', readinessOrNull),
    remediation: nullable(reference('remediation', remediation)),
    blame: described('Present where the pool drifts and CloudTrail was asked.', blame),
    codeEvent,
  },
  ['blame', 'codeEvent'],
);

const earlierMembers = {
  accountId: text,
  accountName: nullable(text),
  region: text,
  poolId: text,
  poolName: text,
  poolArn: text,
  id: text,
  policy: nullable(text),
  severity: choice(severities),
  path: text,
  expected: anyValue,
  actual: anyValue,
  file: nullable(text),
  line: nullable(count),
  column: nullable(count),
  status: choice(['drift', 'excepted']),
  since: moment,
  codeEvent,
};
export const unseen = open<EarlierFinding>(earlierMembers, ['codeEvent']);
export const resolved = open<ResolvedFinding>(
  {
    ...earlierMembers,
    reason: described(
      'account-left: the account is closed, or in the organization no more. policy-changed: no policy asks for it there any more, though the pool was not put right.',
      choice(resolvedReasons),
    ),
  },
  ['codeEvent'],
);
