/** What of a journal may be undone: only what its call made of the pool. */
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import type { JournalEntry } from '../../../src/remediate/journal/format.ts';
import { aLook } from '../a-look.ts';
import { planBack } from '../../../src/remediate/plan/rollback-basis.ts';

const off = { MfaConfiguration: 'OFF' };
const on = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };
const required = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } };

function entry(event: JournalEntry['event'], after: JsonObject): JournalEntry {
  const place = { accountId: '111122220001', region: 'eu-west-1', poolId: 'eu-west-1_One' };
  const made = { before: off, call: { UserPoolId: place.poolId, ...on }, after, policies: [], error: null };
  return { at: '', event, ...place, ...made, callerArn: 'me', writerArn: 'role', previous: '' };
}

function back(made: JournalEntry, now: JsonObject) {
  return planBack(made, true, aLook({ read: true, value: now }), { isOff: false });
}

test.each([
  ['a change that was verified', entry('done', on), on],
  ['a call whose end is not known, where the pool reads as it was meant to', entry('intent', on), on],
])('%s is undone', (_what, made, now) => {
  expect(back(made, now)).toMatchObject({ kind: 'change', change: { after: off } });
});

test.each([
  ['ON, where the call said OPTIONAL', required],
  ['a relying party that the call did not name', { ...on, WebAuthnConfiguration: { RelyingPartyId: 'x.example.com' } }],
])('what was read right after the call, and no call of ours makes (%s), may be somebody else’s', (_what, after) => {
  expect(back(entry('failed', after), after)).toMatchObject({
    kind: 'stale',
    message: expect.stringContaining('somebody may have changed it then'),
  });
});
