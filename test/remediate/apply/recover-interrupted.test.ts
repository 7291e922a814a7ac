/** What a run that goes on finds of the writes of its earlier start. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import type { Failure, Reading } from '../../../src/domain/model/observation.ts';
import type { JournalNote } from '../../../src/remediate/journal/format.ts';
import type { PoolTrace } from '../../../src/remediate/journal/traces.ts';
import { recoverInterrupted } from '../../../src/remediate/apply/recover-interrupted.ts';
import type { ApplyPorts } from '../../../src/remediate/apply/make-change.ts';
import type { Look } from '../../../src/ports/account-writer.ts';
import { aLook } from '../a-look.ts';
import { aJournal, anEntry } from './a-journal.ts';

const place = { accountId: '111122220001', region: 'eu-west-1', poolId: 'eu-west-1_One' };
const before = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };
const after = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } };
const call = { UserPoolId: place.poolId, ...after };
const note = { ...place, before, call, policies: ['floor'], writerArn: 'arn:writer' };
const failure: Failure = { code: 'network', message: 'cognito-idp: ECONNRESET', remedy: 'Check the network.' };

const read = (value: JsonObject): Reading => ({ read: true, value });
const seen = (config: JsonObject): Look =>
  aLook(read(config), { userPool: read({ Name: 'customers', EstimatedNumberOfUsers: 12 }) });

function entry(trace: PoolTrace['trace'], event: JournalNote['event'], left: JsonObject | null, error: string | null) {
  return { trace, last: anEntry({ event, ...note, after: left, error }) };
}
const begun = entry('begun', 'intent', after, null);

async function recovered(trace: PoolTrace, look: Look) {
  const journal = aJournal([trace]);
  const ports = { pools: { look: () => Promise.resolve(look) }, journal } as unknown as ApplyPorts;
  return { outcomes: await recoverInterrupted(ports), notes: journal.notes };
}

describe('a call whose end is not known', () => {
  const odd = { MfaConfiguration: 'ON' };

  test.each<readonly [string, Look, string, string, JsonObject | null, JournalNote['event']]>([
    ['is in effect', seen(after), 'applied', '', after, 'done'],
    [
      'was not made',
      seen(before),
      'failed',
      'The run broke off before it wrote; the pool is as it was.',
      null,
      'failed',
    ],
    [
      'left something else',
      seen(odd),
      'unknown',
      'The run broke off while it wrote, and the pool reads neither as before nor as planned: SoftwareTokenMfaConfiguration.Enabled true → false.',
      null,
      'unknown',
    ],
    ['is of a pool that is gone', { kind: 'gone' }, 'unknown', 'The pool is not there any more.', null, 'unknown'],
    [
      'is of a pool that cannot be read',
      aLook({ read: false, failure } as const),
      'unknown',
      "The run broke off while it wrote, and the pool can't be read: cognito-idp: ECONNRESET. Check the network.",
      null,
      'unknown',
    ],
  ])('%s', async (_what, look, outcome, message, left, event) => {
    const isSeen = look.kind === 'seen' && look.userPool.read && 'Name' in look.userPool.value;
    const { outcomes, notes } = await recovered(begun, look);
    expect(outcomes).toEqual([
      {
        ...place,
        poolName: isSeen ? 'customers' : '',
        users: isSeen ? 12 : null,
        risk: null,
        before,
        because: [],
        outcome,
        message,
        after: left,
        code: null,
      },
    ]);
    expect(notes).toEqual([{ event, ...note, after: left, error: message === '' ? null : message }]);
  });
});

describe('a call whose end is known', () => {
  test.each<readonly [PoolTrace, string, string]>([
    [entry('written', 'done', after, null), 'applied', ''],
    [entry('unverified', 'failed', after, 'It does not read as planned.'), 'failed', 'It does not read as planned.'],
    [entry('unverified', 'failed', after, null), 'failed', ''],
  ])('is told again, and not journaled again: %o', async (trace, outcome, message) => {
    const { outcomes, notes } = await recovered(trace, seen(before));
    expect(outcomes).toMatchObject([{ ...place, poolName: 'customers', outcome, message, after, code: null }]);
    expect(notes).toEqual([]);
  });

  test('that changed nothing is not told again', async () => {
    expect(await recovered({ trace: 'none', last: null }, seen(before))).toEqual({ outcomes: [], notes: [] });
  });

  test('has a line', async () => {
    const lost = recovered({ trace: 'written', last: null }, seen(before));
    await expect(lost).rejects.toThrow('A journal has traced a write without its line.');
  });
});
