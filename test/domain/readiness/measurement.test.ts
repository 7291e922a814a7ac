import { describe, expect, it } from 'vitest';
import type { BranchName } from '../../../src/domain/readiness/decision-list.ts';
import {
  branchCounts,
  byReading,
  mostLockedOut,
  outcomeCounts,
  shareOf,
  type AskedUser,
  type Assumption,
  type Measurement,
  type Sample,
} from '../../../src/domain/readiness/measurement.ts';
import { isReady, readinessRecord } from '../../../src/domain/readiness/record.ts';
import { requiredFacts } from '../../../src/domain/readiness/required-facts.ts';
import { settingsOf } from '../../../src/domain/model/mfa/pool-settings.ts';
import { mfaStateOf } from '../../../src/domain/model/mfa/mfa-state.ts';

const pool = { required: true, passkeys: true, totp: true, sms: false, email: false, recovery: null };
const asWritten: Assumption = { pool, enrolment: 'none', reading: 'as-written' };

function asked(branch: BranchName, count: number, cluster = 0): AskedUser[] {
  return Array.from({ length: count }, () => ({ branch, cluster }));
}

function aSample(more: Partial<Sample>): Sample {
  return { design: 'whole-listing', population: 50, clusters: 1, answers: [], ...more };
}

describe('the share of users who could sign in', () => {
  const nineOfTen = [...asked('totp-registered', 9), ...asked('passkey-only', 1)];

  it('is what it is where all were asked', () => {
    const answers = [...asked('totp-registered', 3), ...asked('passkey-only', 1)];
    const share = shareOf(aSample({ design: 'counted', population: 4, answers }), asWritten, 0.05);
    expect(share).toEqual({ share: 0.75, low: 0.75, high: 0.75 });
  });

  // scipy: 30 to 49 of 50.
  it('is of the population of which they were drawn', () => {
    const { share, low, high } = shareOf(aSample({ answers: nineOfTen }), asWritten, 0.05);
    expect(share).toBe(0.9);
    expect(low).toBeCloseTo(30 / 50, 6);
    expect(high).toBeCloseTo(49 / 50, 6);
  });

  it('of a population that was asked whole needs no interval', () => {
    expect(shareOf(aSample({ population: 10, answers: nineOfTen }), asWritten, 0.05)).toEqual({
      share: 0.9,
      low: 0.9,
      high: 0.9,
    });
  });

  // scipy: 0.5549839 to 0.9974714.
  it('of more users than were counted is that of a draw from many', () => {
    const { low, high } = shareOf(aSample({ population: 9, answers: nineOfTen }), asWritten, 0.05);
    expect(low).toBeCloseTo(0.5549839, 6);
    expect(high).toBeCloseTo(0.9974714, 6);
  });

  // The R package survey, as in intervals.test.ts.
  it('of clusters counts each by itself, and the empty ones too', () => {
    const counts = [[12, 12], [3, 7], [18, 20], [1, 5], [9, 9], [14, 15], [0, 0], [0, 0]] as const; // prettier-ignore
    const answers = counts.flatMap(([hits, count], cluster) => [
      ...asked('totp-registered', hits, cluster),
      ...asked('passkey-only', count - hits, cluster),
    ]);
    const sample = aSample({ design: 'prefix-clusters', population: 10_000, clusters: counts.length, answers });
    const { share, low, high } = shareOf(sample, asWritten, 0.05);
    expect(share).toBeCloseTo(57 / 68, 12);
    expect(low).toBeCloseTo(0.519302, 6);
    expect(high).toBeCloseTo(0.981059, 6);
  });

  it('is everybody where there is nobody, and anything where nobody was asked', () => {
    expect(shareOf(aSample({ population: 0 }), asWritten, 0.05)).toEqual({ share: 1, low: 1, high: 1 });
    expect(shareOf(aSample({}), asWritten, 0.05)).toEqual({ share: 0, low: 0, high: 1 });
  });
});

const answers = [...asked('totp-registered', 2), ...asked('only-attribute-recovers', 3), ...asked('passkey-only', 1)];

it('answers are counted by what decided, which may mean another thing in each reading', () => {
  expect(branchCounts(answers)).toEqual({ 'totp-registered': 2, 'only-attribute-recovers': 3, 'passkey-only': 1 });
  expect(byReading((reading) => outcomeCounts(answers, pool, reading))).toEqual({
    'as-written': { ready: 2, 'must-enrol': 0, 'locked-out': 3, 'passkey-only': 1 },
    lenient: { ready: 2, 'must-enrol': 3, 'locked-out': 0, 'passkey-only': 1 },
  });
});

function aMeasurement(low: number, population: number): Measurement {
  return {
    design: 'whole-listing',
    fellBack: null,
    enrolment: 'own',
    pool,
    population,
    listed: { local: population, federated: 0, disabled: 0, unconfirmed: 0 },
    asked: 6,
    branches: branchCounts(answers),
    outcomes: byReading((reading) => outcomeCounts(answers, pool, reading)),
    shares: { 'as-written': { share: low, low, high: 1 }, lenient: { share: 1, low: 1, high: 1 } },
    pages: 1,
    reads: 6,
    billed: 0,
  };
}

// 0.29 × 100 is 28.999999999999996 in binary.
it.each([
  [0.29, 100, null, 71],
  [0.995, 100, null, 1],
  [0.5, 100, 300, 150],
  [0.5, 100, 30, 50],
  [1, 100, null, 0],
])(
  'of a share of at least %f, %i users and an estimate of %o, at most %i are locked out',
  (low, users, estimate, most) => {
    expect(mostLockedOut(aMeasurement(low, users), estimate)).toBe(most);
  },
);

it('a record keeps what was measured as the guide is written', () => {
  const measurement = aMeasurement(0.9, 1000);
  expect(readinessRecord(measurement, '2026-11-22T02:14:07.000Z', 0.98, 2000)).toEqual({
    measuredAt: '2026-11-22T02:14:07.000Z',
    waitsFor: 0.98,
    enrolment: 'own',
    design: 'whole-listing',
    population: 1000,
    asked: 6,
    outcomes: measurement.outcomes['as-written'],
    shares: measurement.shares,
    lockedOutAtMost: 200,
  });
});

it.each([
  [0.98, true],
  [0.9799, false],
])('a pool of which at least %f surely can sign in is ready for 0.98: %s', (low, expected) => {
  expect(isReady({ shares: aMeasurement(low, 100).shares, waitsFor: 0.98 })).toBe(expected);
});

describe('a pool that were to require MFA', () => {
  const factsOf = (config: object) =>
    requiredFacts(mfaStateOf({ MfaConfiguration: 'OFF', ...config }), settingsOf({}, 'eu-west-1'));

  it('would need TOTP where it has no factor', () => {
    expect(factsOf({})).toMatchObject({ required: true, totp: true });
  });

  it('would keep the factors that it has', () => {
    const config = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };
    expect(factsOf(config)).toMatchObject({ required: true, totp: true, sms: false });
    expect(factsOf({ MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration: {} })).toMatchObject({
      totp: false,
      email: true,
    });
  });
});
