/** What a journal's lines say of a pool, and which of them can follow. */
import { describe, expect, test } from 'vitest';
import type { JournalEvent } from '../../../src/remediate/journal/events.ts';
import type { JournalEntry, JournalNote } from '../../../src/remediate/journal/format.ts';
import { outcomesIn } from '../../../src/remediate/journal/outcomes.ts';
import {
  follows,
  newTraces,
  noTrace,
  traced,
  type OwnTrace,
  type PoolTrace,
} from '../../../src/remediate/journal/traces.ts';
import { aJournal, anEntry } from '../apply/a-journal.ts';

const place = { accountId: '111122220001', region: 'eu-west-1', poolId: 'eu-west-1_One' };
const off = { MfaConfiguration: 'OFF' };
const on = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };
const odd = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } };
const call = { UserPoolId: place.poolId, ...on };

function entry(event: JournalEvent, changed: Partial<JournalNote> = {}): JournalEntry {
  const note = { event, ...place, before: off, call, after: on, policies: ['floor'], error: null, writerArn: null };
  return anEntry({ ...note, ...changed });
}
const intent = entry('intent');
const after = (trace: OwnTrace, last: JournalEntry | null = intent): PoolTrace => ({ trace, last });

describe('a line can follow', () => {
  test.each<readonly [boolean, PoolTrace, JournalEntry]>([
    [true, noTrace, intent],
    [true, after('written'), intent],
    [false, noTrace, entry('intent', { call: null })],
    [false, noTrace, entry('intent', { after: null })],
    [false, noTrace, entry('intent', { call: null, after: null })],
    [false, noTrace, entry('intent', { after: odd })],
    [true, after('begun'), entry('done')],
    [true, after('unverified'), entry('done')],
    [false, after('written'), entry('done')],
    [false, noTrace, entry('done')],
    [false, after('begun'), entry('done', { after: odd })],
    [false, after('begun'), entry('done', { after: null })],
    [false, after('begun'), entry('done', { call: { ...call, MfaConfiguration: 'ON' } })],
    [false, after('begun'), entry('done', { call: null })],
    [false, after('begun', entry('intent', { call: null })), entry('done', { call: null })],
    [false, after('begun', entry('intent', { call: null })), entry('failed', { call: null, after: odd })],
    [false, after('begun', null), entry('done')],
    [true, after('begun'), entry('failed', { after: odd })],
    [true, after('begun'), entry('unknown', { after: odd })],
    [false, after('written'), entry('failed', { after: odd })],
    [true, noTrace, entry('failed', { after: null })],
    [true, noTrace, entry('unknown', { after: null, call: null })],
    [true, after('written'), entry('stale', { after: null, call: null })],
    [false, after('begun'), entry('stale', { after: odd })],
    [false, after('begun'), entry('unchanged', { after: odd })],
    [false, after('begun'), entry('refused', { after: odd })],
  ])('%s: after %o comes %o', (isPossible, before, line) => {
    expect(follows(before, line)).toBe(isPossible);
  });
});

describe('a pool is, after a line', () => {
  const left = entry('failed', { after: odd });

  test.each<readonly [JournalEntry, OwnTrace]>([
    [intent, 'begun'],
    [entry('done'), 'written'],
    [left, 'unverified'],
  ])('%o: %s', (line, trace) => {
    expect(traced(after('written', entry('done')), line)).toEqual({ trace, last: line });
  });

  test('none, where a failure came before anything was changed', () => {
    expect(traced(after('begun'), entry('failed', { after: null }))).toEqual(noTrace);
  });

  test.each<JournalEvent>(['unknown', 'stale', 'unchanged', 'refused'])('what it was, after %s', (event) => {
    for (const before of [after('begun'), noTrace]) expect(traced(before, entry(event, { after: null }))).toBe(before);
  });

  test('known by its account, region and id, the newest last', () => {
    const traces = newTraces();
    const other = { poolId: 'eu-west-1_Two' };
    for (const line of [intent, entry('intent', other), entry('done')]) traces.remember(line);
    expect(traces.all().map(({ trace, last }) => [last?.poolId, trace])).toEqual([
      ['eu-west-1_Two', 'begun'],
      ['eu-west-1_One', 'written'],
    ]);
    expect(traces.of(place).trace).toBe('written');
    expect(traces.of({ ...place, region: 'us-east-1' })).toBe(noTrace);
  });
});

describe('a journal alone says of a pool', () => {
  const failed = entry('failed', { after: odd, error: 'It does not read as planned.' });

  test.each<readonly [PoolTrace, object]>([
    [after('begun'), { outcome: 'unknown', message: 'The call was begun, and its end is not known.', after: null }],
    [after('begun', entry('intent', { error: 'Lost.' })), { outcome: 'unknown', message: 'Lost.', after: null }],
    [after('written', entry('done')), { outcome: 'applied', message: '', after: on }],
    [after('unverified', failed), { outcome: 'failed', message: 'It does not read as planned.', after: odd }],
  ])('%o', (trace, told) => {
    const rest = { poolName: '', users: null, risk: null, because: [], code: null };
    expect(outcomesIn(aJournal([trace]))).toEqual([{ ...place, ...rest, before: off, ...told }]);
  });

  test('nothing where no call of its own can have taken effect', () => {
    expect(outcomesIn(aJournal([noTrace, after('none'), after('written', null)]))).toEqual([]);
  });
});
