/** What a journal is told of a pool that is left as it is. */
import { describe, expect, test } from 'vitest';
import type { JournalNote } from '../../../src/remediate/journal/format.ts';
import type { OwnTrace } from '../../../src/remediate/journal/traces.ts';
import type { NotReady } from '../../../src/remediate/apply/preflight.ts';
import { recordPreflight } from '../../../src/remediate/apply/record-preflight.ts';
import { aJournal, anEntry } from './a-journal.ts';

const place = { accountId: '111122220001', region: 'eu-west-1', poolId: 'eu-west-1_One' };
const before = { MfaConfiguration: 'OFF' };
const after = { MfaConfiguration: 'OPTIONAL' };
const writerArn = 'arn:aws:sts::111122220001:assumed-role/MfaDriftRemediate/mfa-drift';
const intent: JournalNote = {
  event: 'intent',
  ...place,
  before,
  call: { UserPoolId: place.poolId, ...after },
  after,
  policies: ['earlier'],
  error: 'earlier',
  writerArn,
};
const applied: NotReady = { kind: 'applied', config: after };
const unchanged: NotReady = { kind: 'unchanged', config: after };
const failed: NotReady = { kind: 'failed', message: 'Not read.' };

async function told(trace: OwnTrace, preflight: NotReady): Promise<readonly JournalNote[]> {
  const journal = aJournal(trace === 'none' ? [] : [{ trace, last: anEntry(intent) }]);
  await recordPreflight({ ...place, before }, ['floor'], preflight, journal);
  return journal.notes;
}

describe('the journal', () => {
  const left = { ...place, before, call: null, after: null, writerArn: null, policies: ['floor'] };

  test.each<readonly [OwnTrace, NotReady, JournalNote['event'], string | null]>([
    ['none', unchanged, 'unchanged', null],
    ['none', { kind: 'stale', message: 'Moved.' }, 'stale', 'Moved.'],
    ['none', { kind: 'refused', code: 'mode', message: 'Reported.' }, 'refused', 'Reported.'],
    ['none', { kind: 'unknown', message: 'Cut off.' }, 'unknown', 'Cut off.'],
    ['none', failed, 'failed', 'Not read.'],
    ['begun', failed, 'unknown', 'Not read.'],
    ['unverified', failed, 'unknown', 'Not read.'],
    ['written', failed, 'unknown', 'Not read.'],
    ['written', { kind: 'stale', message: 'Undone.' }, 'stale', 'Undone.'],
    ['begun', unchanged, 'unchanged', null],
  ])('that says %s of a pool is told of %o: %s', async (trace, preflight, event, error) => {
    expect(await told(trace, preflight)).toEqual([{ event, ...left, error }]);
  });

  test.each<OwnTrace>(['begun', 'unverified'])(
    'that says %s completes its own write, with what was read',
    async (trace) => {
      expect(await told(trace, applied)).toEqual([{ ...anEntry(intent), event: 'done', after, error: null }]);
    },
  );

  test.each<readonly [OwnTrace, NotReady]>([
    ['written', applied],
    ['written', unchanged],
    ['none', applied],
  ])('that says %s has nothing to add of %o', async (trace, preflight) => {
    expect(await told(trace, preflight)).toEqual([]);
  });
});
