/** What is made of a journal for others: exceptions that hold pools back, and a copy that may be handed on. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { entryLine, startLine, type JournalStart } from '../../../src/remediate/journal/format.ts';
import { holdDocument } from '../../../src/remediate/journal/hold-exceptions.ts';
import { maskedJournal } from '../../../src/remediate/journal/masked-journal.ts';
import { anEntry } from '../apply/a-journal.ts';

const place = { accountId: '111122220001', region: 'eu-west-1', poolId: 'eu-west-1_One' };
const start: JournalStart = {
  at: '2026-11-22T02:14:00.000Z',
  event: 'start',
  runId: 'run-1',
  planDigest: null,
  organizationId: null,
  rollback: false,
  endpoints: [],
  callerArn: 'me',
};
const sms = (ExternalId: string) => ({
  SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::111122220001:role/Sms', ExternalId } },
});
const entry = anEntry({
  event: 'intent',
  ...place,
  before: sms('secret-1'),
  call: { UserPoolId: place.poolId, ...sms('secret-2') },
  after: sms('secret-3'),
  policies: ['floor'],
  error: null,
  writerArn: null,
});

test('pools are held for seven days from their account, region and id, by the policies that asked', () => {
  const words = { owner: 'arn:owner', journal: 'j.ndjson', now: new Date('2026-11-27T23:59:59Z') };
  const text = holdDocument(
    [
      { ...place, policies: ['floor', 'admins'] },
      { ...place, poolId: 'eu-west-1_Two', policies: [] },
    ],
    words,
  );
  const held = {
    reason: 'Rolled back on 2026-11-27 (j.ndjson)',
    owner: 'arn:owner',
    expires: '2026-12-04',
    hold: true,
  };
  const match = (pool: string) => ({ accounts: ['111122220001'], regions: ['eu-west-1'], pools: [pool] });
  expect(parse(text)).toEqual({
    apiVersion: 'mfa-drift/v1',
    kind: 'Exceptions',
    exceptions: [
      { match: match('eu-west-1_One'), policies: ['floor', 'admins'], ...held },
      { match: match('eu-west-1_Two'), ...held },
    ],
  });
  // On one line each, as people write them.
  expect(text).toMatch(/match: \{.*eu-west-1_One.*\}\n\s+policies: \[.*admins.*\]\n/);
});

describe('a copy to be handed on', () => {
  test('has no external id, and a chain of its own', () => {
    const { lines, digest } = maskedJournal({ start, entries: [entry, { ...entry, event: 'done' }] });
    expect(lines.join('\n')).not.toContain('secret');
    const [first, second, third] = lines.map((line) => JSON.parse(line));
    expect(first).toEqual(start);
    const hash = (text = '') => `sha256:${createHash('sha256').update(text).digest('hex')}`;
    const masked = {
      before: sms('(masked)'),
      call: { UserPoolId: place.poolId, ...sms('(masked)') },
      after: sms('(masked)'),
    };
    expect(second).toEqual({ ...entry, ...masked, previous: hash(lines[0]) });
    expect(third).toEqual({ ...entry, event: 'done', ...masked, previous: hash(lines[1]) });
    expect(digest).toBe(hash(lines[2]));
  });

  test('of nothing has the digest of its first line', () => {
    const { lines, digest } = maskedJournal({ start, entries: [] });
    expect(lines).toHaveLength(1);
    expect(digest).toBe(`sha256:${createHash('sha256').update(JSON.stringify(start)).digest('hex')}`);
  });
});

describe('a line of a journal', () => {
  test('has every member, each of its kind', () => {
    expect(startLine.accepts(start)).toBe(true);
    expect(startLine.accepts({ ...start, planDigest: 'sha256:aa', organizationId: 'o-1', endpoints: ['h'] })).toBe(
      true,
    );
    expect(entryLine.accepts(entry)).toBe(true);
    expect(entryLine.accepts({ ...entry, before: null, call: null, after: null, error: 'x', writerArn: 'y' })).toBe(
      true,
    );
  });

  test.each([
    ...Object.keys(start).map((name): [string, object] => [`without ${name}`, without(start, name)]),
    ...Object.keys(start).map((name): [string, object] => [`with ${name} 5`, { ...start, [name]: 5 }]),
    ['with endpoints of numbers', { ...start, endpoints: [5] }],
    ['that is a list', []],
  ])('is no first one %s', (_what, line) => {
    expect(startLine.accepts(line)).toBe(false);
  });

  test.each([
    ...Object.keys(entry).map((name): [string, object] => [`without ${name}`, without(entry, name)]),
    ...Object.keys(entry).map((name): [string, object] => [`with ${name} 5`, { ...entry, [name]: 5 }]),
    ['with policies of numbers', { ...entry, policies: [5] }],
    ['of another event', { ...entry, event: 'start' }],
    ['that is a list', []],
  ])('is no other one %s', (_what, line) => {
    expect(entryLine.accepts(line)).toBe(false);
  });
});

function without(line: object, name: string): object {
  return Object.fromEntries(Object.entries(line).filter(([key]) => key !== name));
}
