/** Who changed a pool last, in words. Names are as they are: each medium escapes them. */
import {
  agents,
  type Agent,
  type Blame,
  type BlamedEvent,
  type BlameOutcome,
  type Principal,
} from '../../domain/model/blame.ts';
import type { PoolRecord } from '../../domain/result/result.ts';

const withoutEvent: Readonly<Record<Exclude<BlameOutcome, 'named'>, string>> = {
  masked: "can't tell: CloudTrail hides the ids of pools in the newest events of its account and region",
  capped: "can't tell: there are more events than pages of them are read",
  older: 'more than 90 days ago, which is as far as CloudTrail goes back',
  'not-found': "can't tell: CloudTrail has no event of it in 90 days",
  denied: "can't tell: the audit role may not ask CloudTrail (cloudtrail:LookupEvents)",
  unread: "can't tell: CloudTrail could not be asked",
};

/** `SetUserPoolMfaConfig, 2026-11-27 14:03 UTC, by role Admin (session anna), from the AWS console` */
export function blameInWords({ outcome, event, failure, nights }: Blame): string {
  const what = outcome === 'named' ? eventInWords(event) : withoutEvent[outcome];
  const why = outcome === 'unread' && failure !== null ? ` (${failure.code})` : '';
  if (nights === null) return `${what}${why}`;
  const runs =
    nights.after === null
      ? `before the run of ${minute(nights.by)}`
      : `between the runs of ${minute(nights.after)} and ${minute(nights.by)}`;
  return `${what}${why}; ${runs}`;
}

/** `null`: nobody asked. */
export function poolBlameInWords({ blame }: Pick<PoolRecord, 'blame'>): string | null {
  return blame === undefined ? null : blameInWords(blame);
}

function eventInWords(event: BlamedEvent | null): string {
  if (event === null) return '';
  const { name, at, who, agent, namesOnlyPool } = event;
  const what = namesOnlyPool ? `set to OFF by a call that named only the pool: ${name}` : name;
  return `${what}, ${minute(at)} UTC, by ${principalInWords(who)}, ${agentInWords(agent)}`;
}

export function principalInWords({ kind, name, session, arn }: Principal): string {
  switch (kind) {
    case 'role':
      return `role ${name ?? 'without a name'}${session === null ? '' : ` (session ${session})`}`;
    case 'user':
      return `user ${name ?? 'without a name'}`;
    case 'root':
      return 'the root user';
    case 'service':
      return `the service ${name ?? 'that has no name'}`;
    case 'federated':
    case 'unknown':
      return session ?? arn ?? 'somebody who is not named';
  }
}

export function agentInWords(agent: Agent | null): string {
  return agent === null ? "from what can't be told" : `from ${agents[agent].words}`;
}

/** `2026-11-27 14:03` */
function minute(moment: string): string {
  return moment.slice(0, 16).replace('T', ' ');
}
