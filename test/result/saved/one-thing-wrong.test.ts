/** A record that is right but for one thing is refused: its members, their kinds and their words are the contract's. */
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { ajv, schemas } from '../../../src/result/saved/record-checks.ts';
import type { RecordKind, RecordTypes } from '../../../src/result/saved/record-types.ts';
import { checked } from '../../../src/result/saved/records.ts';
import {
  aFinding,
  aGap,
  anAccount,
  anEarlier,
  anException,
  aPool,
  aResolved,
  aResult,
  aSkip,
  aUnit,
} from '../../report/a-result.ts';

const at = '2026-11-18T02:13:07.000Z';
const codeEvent = { agent: 'terraform', at, eventId: 'e-1' } as const;
const reference = { runId: 'run-0', startedAt: at, policySetSha256: 'b'.repeat(64) };
const share = { share: 0.9, low: 0.8, high: 0.95 };
const readiness = {
  measuredAt: at,
  waitsFor: 0.98,
  enrolment: 'own',
  design: 'whole-listing',
  population: 12,
  asked: 5,
  outcomes: { ready: 4, 'must-enrol': 1, 'locked-out': 0, 'passkey-only': 0 },
  shares: { 'as-written': share, lenient: share },
  lockedOutAtMost: 3,
} as const;

const { warnings: _, ...head } = aResult({
  run: {
    shard: { index: 1, count: 2 },
    endpoints: ['localhost'],
    scope: { accounts: 'ids', filters: { account: ['111122223333'] }, regions: 'enabled' },
    baseline: reference,
    from: reference,
    sourceFolder: 'security',
  },
  resolved: [],
  remediation: {
    outcomes: { applied: 1, unchanged: 0, refused: 1, stale: 0, failed: 1, unknown: 0, 'not-started': 0 },
    journal: { file: 'j.ndjson', digest: 'sha256:9be1' },
    stop: { reason: 'limit', message: 'Too many.' },
    rollingOut: 1,
  },
}).head;

/** One of each kind, in which everything is that there can be. */
const whole: RecordTypes = {
  head,
  warning: { code: 'conflict', message: 'two policies', file: 'policies/a.yaml', line: 4 },
  account: anAccount({ tags: { team: 'shop' }, inOrganization: false, regionsNotAudited: ['ap-east-1'] }),
  unit: aUnit({ status: 'gap', reason: 'throttled' }),
  gap: aGap({ scope: 'pool', poolId: 'eu-west-1_Ab12Cd34E', accepted: anException }),
  skip: aSkip({ scope: 'pool', poolId: 'eu-west-1_Ab12Cd34E', reason: 'pool-deleted' }),
  resolved: { ...aResolved(), codeEvent },
  unseen: { ...anEarlier(), codeEvent },
  pool: aPool({
    managedBy: 'CloudFormation',
    replicaOf: 'us-east-1',
    unknownFields: ['Surprise'],
    userPool: { Status: 'Enabled' },
    tags: { team: 'shop' },
    findings: [
      aFinding({
        exception: anException,
        fix: { risk: 'disruptive', refused: 'risk', status: 'rolling-out' },
        change: 'new',
        since: at,
      }),
    ],
    earlierStatus: 'drifted',
    readiness,
    earlierReadiness: readiness,
    remediation: {
      outcome: 'applied',
      risk: 'tightening',
      code: 'risk',
      message: '',
      before: { MfaConfiguration: 'OFF' },
      after: { MfaConfiguration: 'ON' },
      journal: 'j.ndjson',
    },
    blame: {
      outcome: 'named',
      event: {
        id: 'e-1',
        name: 'UpdateUserPool',
        at,
        who: { kind: 'role', name: 'Deployer', session: 'ci', arn: 'arn:aws:iam::111122223333:role/Deployer' },
        agent: 'terraform',
        namesOnlyPool: false,
      },
      failure: { code: 'AccessDenied', message: 'not authorized', remedy: 'allow it' },
      nights: { after: at, by: at },
    },
    codeEvent,
  }),
};
const kinds = Object.keys(whole) as RecordKind[];

/** Of these nothing is said but that they are objects, or not even that. */
const free = new Set(['filters', 'tags', 'config', 'userPool', 'before', 'after']);
const anything = new Set(['expected', 'actual']);
const optional = new Set(['sourceFolder', 'rollingOut', 'inOrganization', 'blame', 'codeEvent']);

const readinessWords = ['enrolment', 'design'];
const earlierWords = ['severity', 'status', 'codeEvent.agent'];
/** Which texts are words of a list. */
const words: Readonly<Record<RecordKind, readonly string[]>> = {
  head: [
    'schemaVersion',
    'tool.name',
    'run.clocks',
    'run.failOn',
    'run.scope.accounts',
    'run.scope.regions',
    'run.policySet.0.severity',
    'summary.remediation.stop.reason',
  ],
  warning: ['code'],
  account: ['state'],
  unit: ['status', 'reason'],
  gap: ['scope', 'code'],
  skip: ['scope', 'reason'],
  resolved: ['reason', ...earlierWords],
  unseen: earlierWords,
  pool: [
    'status',
    'findings.0.severity',
    'findings.0.status',
    'findings.0.fix.status',
    'findings.0.change',
    'earlierStatus',
    ...readinessWords.flatMap((word) => [`readiness.${word}`, `earlierReadiness.${word}`]),
    'remediation.outcome',
    'remediation.risk',
    'blame.outcome',
    'blame.event.name',
    'blame.event.who.kind',
    'blame.event.agent',
    'blame.failure.code',
    'codeEvent.agent',
  ],
};

interface Place {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Whatever stands in a record, itself included, and nothing of what is free. */
function* placesIn(value: unknown, path: readonly string[] = []): Generator<Place> {
  yield { path, value };
  if (typeof value !== 'object' || value === null || free.has(nameOf(path))) return;
  for (const [name, inner] of Object.entries(value)) yield* placesIn(inner, [...path, name]);
}

function nameOf(path: readonly string[]): string {
  return path.at(-1) ?? '';
}

function placesOf(kind: RecordKind, isMeant: (place: Place) => boolean): readonly Place[] {
  return [...placesIn(whole[kind])].filter(isMeant);
}

function pathsOf(kind: RecordKind, isMeant: (place: Place) => boolean): readonly string[] {
  return placesOf(kind, isMeant).map(({ path }) => path.join('.'));
}

/** The record with something else at that place; `undefined`: with nothing there. */
function changed(kind: RecordKind, path: readonly string[], other: unknown): unknown {
  const record = JSON.parse(JSON.stringify(whole[kind]));
  let holder = record;
  for (const name of path.slice(0, -1)) holder = holder[name];
  holder[nameOf(path)] = other;
  return record;
}

const again =
  'It is not a result that this version of mfa-drift saved: render it with the one that did, or run the audit again.';

/** What is said of a record by its schema as it is and as it was built, without the way out; `null`: nothing is wrong. */
function refusalOf(kind: RecordKind, value: unknown): string | null {
  const said = messageOf(() => checked(kind, { kind, value, place: 'result:7' }));
  expect(ajv.getSchema(schemas[kind])?.(value)).toBe(said === null);
  expect(said?.slice(-again.length) ?? again).toBe(again);
  return said?.slice(0, -again.length - '. '.length) ?? null;
}

function messageOf(check: () => void): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** By the path, what is said where one of those places has another value. */
function refusals(kind: RecordKind, isMeant: (place: Place) => boolean, other: unknown) {
  return placesOf(kind, isMeant).map(
    ({ path }) => [path.join('.'), refusalOf(kind, changed(kind, path, other))] as const,
  );
}

function isMember({ path }: Place): boolean {
  return /^\D/.test(nameOf(path));
}

function isText({ value }: Place): boolean {
  return typeof value === 'string';
}

function isTime({ value }: Place): boolean {
  return typeof value === 'string' && value.endsWith('.000Z');
}

function isNumber({ value }: Place): boolean {
  return typeof value === 'number';
}

function isShare({ path, value }: Place): boolean {
  return typeof value === 'number' && (path.includes('shares') || nameOf(path) === 'waitsFor');
}

function isClosed({ path, value }: Place): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !free.has(nameOf(path));
}

describe.each(kinds)('a record of the kind %s', (kind) => {
  test('is taken with everything in it', () => {
    expect(JSON.stringify(whole[kind])).not.toMatch(/null|\[\]|\{\}/);
    expect(refusalOf(kind, whole[kind])).toBeNull();
  });

  test('needs each of its members, but for those that may be absent', () => {
    const missing = refusals(kind, isMember, undefined).map(([path, said]) => [path, said?.replace(/, not .*/, '')]);
    const expected = placesOf(kind, isMember).map(({ path }) => {
      const name = nameOf(path);
      const said = `result:7${placeIn(path.slice(0, -1))} must have required property '${name}'`;
      return [path.join('.'), optional.has(name) ? undefined : said];
    });
    expect(missing).toEqual(expected);
  });

  test('has no other member, wherever in it', () => {
    for (const { path } of placesOf(kind, isClosed))
      expect(refusalOf(kind, changed(kind, [...path, 'colour'], 'blue'))).toBe(
        `result:7${placeIn(path)} has a member that results do not have: colour`,
      );
  });

  test('has no value of another kind in a member, but where any is right', () => {
    const said = refusals(kind, isMember, [[]]);
    const taken = said.filter(([path, refusal]) => refusal?.startsWith(`result:7: ${path}`) !== true);
    expect(taken).toEqual(pathsOf(kind, ({ path }) => anything.has(nameOf(path))).map((path) => [path, null]));
  });

  test('has a word of a list where the contract has one, a time where it has that, and else any text', () => {
    const said = refusals(kind, isText, 'no such word').filter(([, refusal]) => refusal !== null);
    expect(said.map(([path]) => path).sort()).toEqual([...words[kind], ...pathsOf(kind, isTime)].sort());
    for (const [path, refusal] of said) {
      expect(refusal).toContain(`result:7: ${path} must be `);
      expect(refusal).toMatch(/, not "no such word"$/);
    }
  });

  test('counts in whole numbers from 0 on, and shares from 0 to 1', () => {
    const taking = (value: number) =>
      refusals(kind, isNumber, value).flatMap(([path, refusal]) => (refusal === null ? [path] : []));
    const shares = pathsOf(kind, isShare);
    expect(taking(-1)).toEqual([]);
    expect(taking(0.5)).toEqual(shares);
    expect(taking(7)).toEqual(
      pathsOf(kind, (place) => isNumber(place) && !isShare(place) && nameOf(place.path) !== 'exitCode'),
    );
  });
});

function placeIn(path: readonly string[]): string {
  return path.length === 0 ? '' : `: ${path.join('.')}`;
}
