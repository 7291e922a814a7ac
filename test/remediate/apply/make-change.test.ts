/** One change against a pool that answers as the test says. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import type { Failure, Reading } from '../../../src/domain/model/observation.ts';
import { openJournal } from '../../../src/remediate/journal/journal.ts';
import type { PoolReads, PoolWrites, WriteAnswer } from '../../../src/ports/account-writer.ts';
import { makeChange } from '../../../src/remediate/apply/make-change.ts';
import type { PlanBasis } from '../../../src/remediate/apply/preflight.ts';
import { aChange } from './a-change.ts';
import { temporaryFolder } from '../../temporary.ts';
import { aLook } from '../a-look.ts';
import { journalEntries } from '../organization.ts';

const accountId = '111122220001';
const writerArn = `arn:aws:sts::${accountId}:assumed-role/MfaDriftRemediate/mfa-drift`;
const before = { MfaConfiguration: 'OFF' };
const after = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };
const writing = aChange({ before, after });
const described: Reading = { read: true, value: {} };
const failure: Failure = { code: 'network', message: 'cognito-idp: ECONNRESET', remedy: 'Check the network.' };
/** How a failure is told, and how a call that was lost to it. */
const said = 'cognito-idp: ECONNRESET. Check the network.';
const unanswered = `No answer came to the call (${said})`;
const unread: Reading = { read: false, failure };
const read = (value: JsonObject): Reading => ({ read: true, value });

interface World {
  readonly answer?: WriteAnswer;
  /** What is read back, one after another; the last one for good. */
  readonly readings?: readonly Reading[];
  readonly owner?: Awaited<ReturnType<PoolWrites['owner']>>;
}

async function play({
  answer = { kind: 'taken' },
  readings = [read(after)],
  owner = { accountId, arn: writerArn },
}: World) {
  const file = join(await temporaryFolder(), 'journal.ndjson');
  const waits: number[] = [];
  const sent: JsonObject[] = [];
  const linesBeforeCall: number[] = [];
  let reads = 0;
  const journal = await openJournal(
    file,
    { runId: 'r', planDigest: null, organizationId: null, rollback: false, endpoints: [], callerArn: 'me' },
    () => new Date(0),
    { notice: () => undefined, signal: new AbortController().signal },
  );
  const mfaConfig = read(before);
  const look = aLook(mfaConfig, { userPool: described });
  const pools: PoolReads & PoolWrites = {
    look: () => Promise.resolve(look),
    readBack: () => Promise.resolve(readings[Math.min(reads++, readings.length - 1)] ?? unread),
    owner: () => Promise.resolve(owner),
    async set(_place, input) {
      linesBeforeCall.push((await readFile(file, 'utf8')).trimEnd().split('\n').length);
      sent.push(input);
      return answer;
    },
  };
  const clock = {
    now: () => 0,
    date: () => new Date(0),
    sleep: (ms: number) => Promise.resolve(void waits.push(ms)),
  };
  let looks = 0;
  /** A second look is one too many: what was to begin anew is stale then. */
  const basis: PlanBasis = {
    origin: 'policies',
    replan: ({ change }) =>
      (looks += 1) === 1
        ? { kind: 'change', change, userPool: {}, objections: [] }
        : { kind: 'stale', message: 'begun anew' },
  };
  const approved = { change: writing, account: null, policies: ['floor'] };
  const { outcome: written, halt } = await makeChange(
    { approved, basis },
    { pools, journal, clock, signal: new AbortController().signal },
  );
  await journal.close();
  const entries = journalEntries(await readFile(file, 'utf8').catch(() => '\n'));
  return { written, halt, entries, sent, waits, linesBeforeCall };
}

describe('a change', () => {
  test('is journaled before the call, made exactly so, read back, and journaled after it', async () => {
    const { written, halt, entries, sent, linesBeforeCall } = await play({});
    expect(written).toMatchObject({ outcome: 'applied', message: '', after });
    expect(halt).toBeNull();
    expect(sent).toEqual([writing.call]);
    expect(linesBeforeCall).toEqual([2]);
    expect(entries).toMatchObject([
      {
        event: 'intent',
        before,
        call: writing.call,
        after,
        policies: ['floor'],
        error: null,
        callerArn: 'me',
        writerArn,
      },
      { event: 'done', before, call: writing.call, after, error: null, callerArn: 'me', writerArn },
    ]);
  });

  test('is not made with credentials of another account', async () => {
    const { written, entries, sent } = await play({
      owner: { accountId: '999999999999', arn: 'arn:aws:sts::999999999999:assumed-role/A/b' },
    });
    expect(written.outcome).toBe('failed');
    expect(written.message).toContain(
      'would write in account 111122220001 are of account 999999999999: nothing is written',
    );
    expect(sent).toEqual([]);
    expect(entries).toMatchObject([{ event: 'failed', after: null, writerArn: null }]);
  });

  test('is not made where the credentials cannot be identified', async () => {
    const { written, sent } = await play({ owner: { failure } });
    expect(written.message).toContain('could not be identified: cognito-idp: ECONNRESET. Check the network.');
    expect(sent).toEqual([]);
  });

  test('is verified by a later reading where the first one is still the old one', async () => {
    const { written, waits } = await play({ readings: [read(before), read(after)] });
    expect(written.outcome).toBe('applied');
    expect(waits).toEqual([0, 300]);
  });

  test.each<readonly [string, JsonObject, string]>([
    ['a path does not read its value', before, 'MfaConfiguration OPTIONAL → OFF'],
    [
      'something else has changed',
      { ...after, WebAuthnConfiguration: { RelyingPartyId: 'x.example.com' } },
      'WebAuthnConfiguration.RelyingPartyId nothing → x.example.com',
    ],
    ['a member is new', { ...after, Hologram: { On: true } }, 'Hologram'],
  ])('has failed where %s, and nothing is undone by itself', async (_what, reading, difference) => {
    const { written, entries, sent } = await play({ readings: [read(reading)] });
    expect(written).toMatchObject({ outcome: 'failed', after: reading });
    expect(written.message).toContain('It was written and does not read as planned');
    expect(written.message).toContain(difference);
    expect(written.message).toContain('Nothing is undone by itself.');
    expect(sent).toHaveLength(1);
    expect(entries.at(-1)).toMatchObject({ event: 'failed', after: reading, error: written.message });
  });

  test('is not known where it was taken and cannot be read back', async () => {
    const { written, entries } = await play({ readings: [unread] });
    const message = `It was written and could not be read back: ${said}`;
    expect(written).toMatchObject({ outcome: 'unknown', message, after: null });
    expect(entries.at(-1)).toMatchObject({ event: 'unknown', error: message });
  });

  test('whose answer was lost is applied where the pool reads so', async () => {
    const { written } = await play({ answer: { kind: 'lost', failure } });
    expect(written.outcome).toBe('applied');
  });

  test('whose answer was lost may begin anew where the pool reads as before', async () => {
    const { written, entries } = await play({ answer: { kind: 'lost', failure }, readings: [read(before)] });
    expect(written).toMatchObject({ outcome: 'stale', message: 'begun anew', after: null });
    expect(entries).toMatchObject([
      { event: 'intent' },
      { event: 'failed', after: null, error: `${unanswered} The pool reads as before.` },
      { event: 'stale' },
    ]);
  });

  test('whose answer was lost is not known where the pool reads as nobody planned', async () => {
    const { written } = await play({ answer: { kind: 'lost', failure }, readings: [read({ MfaConfiguration: 'ON' })] });
    expect(written.outcome).toBe('unknown');
    expect(written.message).toContain(
      `${unanswered} The pool reads neither as before nor as planned: MfaConfiguration OPTIONAL → ON`,
    );
  });

  test('whose answer was lost is not known where the pool cannot be read', async () => {
    const { written } = await play({ answer: { kind: 'lost', failure }, readings: [unread] });
    const message = `${unanswered} and the pool could not be read: It was written and could not be read back: ${said}`;
    expect(written).toMatchObject({ outcome: 'unknown', message, after: null });
  });

  test('that met another one may begin anew, and was not made', async () => {
    const { written, entries } = await play({ answer: { kind: 'contended', failure } });
    expect(written).toMatchObject({ outcome: 'stale', message: 'begun anew', after: null });
    expect(entries.map(({ event }) => event)).toEqual(['intent', 'failed', 'stale']);
  });

  test('that was refused has failed, with the reason and the way out', async () => {
    const { written } = await play({ answer: { kind: 'refused', failure } });
    expect(written).toMatchObject({
      outcome: 'failed',
      message: said,
      after: null,
    });
  });
});
