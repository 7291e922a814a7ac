/** What an earlier start of this very run has changed, or broke off while changing. */
import type { PoolOutcome } from '../../domain/remediation/model/outcome.ts';
import { settingsOf } from '../../domain/model/mfa/pool-settings.ts';
import { readingDifferences, stateDifferences } from '../../domain/model/mfa/config-diff.ts';
import type { JournalEntry, JournalNote } from '../journal/format.ts';
import type { PoolTrace } from '../journal/traces.ts';
import type { Look } from '../../ports/account-writer.ts';
import { inWords } from '../../domain/remediation/write/shown-value.ts';
import { nameIn, usersIn } from './looks.ts';
import type { ApplyPorts } from './make-change.ts';

/** Every pool that the journal has a write of is accounted for: where its end is not known, the pool is read. */
export async function recoverInterrupted(ports: ApplyPorts): Promise<readonly PoolOutcome[]> {
  const traces = ports.journal.traces().filter(({ trace }) => trace !== 'none');
  return Promise.all(traces.map((trace) => recover(trace, ports)));
}

async function recover({ trace, last }: PoolTrace, { pools, journal }: ApplyPorts): Promise<PoolOutcome> {
  if (last === null) throw new Error('A journal has traced a write without its line.');
  const look = await pools.look(last);
  if (trace !== 'begun') return known(last, trace === 'written', look);
  const recovered = recoveredNow(last, look);
  await journal.record(recoveryNote(last, recovered));
  return { ...base(last, look), ...recovered, code: null };
}

/** What an interrupted call came to, for the journal. */
export function recoveryNote(last: JournalEntry, recovered: Recovered): JournalNote {
  const error = recovered.message === '' ? null : recovered.message;
  const { accountId, region, poolId, before, call, policies, writerArn } = last;
  const event = { applied: 'done', failed: 'failed', unknown: 'unknown' } as const;
  const { after } = recovered;
  const place = { accountId, region, poolId };
  return { event: event[recovered.outcome], ...place, before, call, after, policies, error, writerArn };
}

function known(last: JournalEntry, isVerified: boolean, look: Look): PoolOutcome {
  const message = isVerified ? '' : (last.error ?? '');
  return { ...base(last, look), outcome: isVerified ? 'applied' : 'failed', code: null, message, after: last.after };
}

type Recovered = Pick<PoolOutcome, 'message' | 'after'> & { readonly outcome: 'applied' | 'failed' | 'unknown' };

/** What an interrupted call came to, as far as the pool tells. */
export function recoveredNow({ before, after, region }: JournalEntry, look: Look): Recovered {
  if (look.kind === 'gone') return { outcome: 'unknown', message: 'The pool is not there any more.', after: null };
  if (!look.mfaConfig.read) {
    const { message, remedy } = look.mfaConfig.failure;
    return {
      outcome: 'unknown',
      message: `The run broke off while it wrote, and the pool can't be read: ${message}. ${remedy}`,
      after: null,
    };
  }
  const config = look.mfaConfig.value;
  const settings = settingsOf(look.userPool.read ? look.userPool.value : {}, region);
  const differences = stateDifferences(after ?? {}, config, settings);
  if (differences.length === 0) return { outcome: 'applied', message: '', after: config };
  if (readingDifferences(before ?? {}, config).length === 0) {
    return { outcome: 'failed', message: 'The run broke off before it wrote; the pool is as it was.', after: null };
  }
  const message = `The run broke off while it wrote, and the pool reads neither as before nor as planned: ${inWords(differences)}.`;
  return { outcome: 'unknown', message, after: null };
}

function base({ accountId, region, poolId, before }: JournalEntry, look: Look) {
  return {
    accountId,
    region,
    poolId,
    poolName: nameIn(look),
    users: usersIn(look, region),
    risk: null,
    before,
    because: [],
  };
}
