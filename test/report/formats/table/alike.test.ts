import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { PoolRecord } from '../../../../src/domain/result/result.ts';
import { aFinding, aPool, aResult } from '../../a-result.ts';
import { drawn, drifting } from './drawn.ts';

const named = (poolName: string, members: Partial<PoolRecord> = {}, finding: Parameters<typeof aFinding>[0] = {}) =>
  drifting({ poolName, poolId: `eu-west-1_${poolName.replaceAll('-', '')}`, ...members }, finding);

const columnsOf = (text: string, pattern: RegExp): readonly string[] => text.match(pattern) ?? [];

describe('findings that are the same for many pools', () => {
  test('stand once, above the pools that have them', async () => {
    const text = await drawn(aResult({ pools: ['a', 'b', 'c'].map((name) => named(name)) }));
    expect(columnsOf(text, /SoftwareTokenMfaConfiguration\.Enabled/g)).toHaveLength(1);
    expect(
      text
        .replace(/^[^]*?\n\n/, '')
        .split('\n')
        .slice(0, 5),
    ).toEqual([
      'high      prod-customers   3 pools   policies/customers.yaml:9',
      '  SoftwareTokenMfaConfiguration.Enabled  want true  found false',
      '    shop-prod  111122223333  eu-west-1  a  eu-west-1_a',
      '    shop-prod  111122223333  eu-west-1  b  eu-west-1_b',
      '    shop-prod  111122223333  eu-west-1  c  eu-west-1_c',
    ]);
  });

  test('stand apart where one value differs', async () => {
    const pools = [named('a'), named('b', {}, { actual: null }), named('c')];
    const text = await drawn(aResult({ pools }));
    expect(columnsOf(text, /found \w+/g)).toEqual(['found false', 'found nothing']);
  });

  test('stand apart where a pool has one more of them', async () => {
    const more = aPool({
      poolName: 'm',
      status: 'drifted',
      findings: [aFinding(), aFinding({ path: 'MfaConfiguration' })],
    });
    expect(columnsOf(await drawn(aResult({ pools: [named('a'), more] })), /Token\w+\.Enabled/g)).toHaveLength(2);
  });

  test('those of most pools come first', async () => {
    const pools = [
      named('a', {}, { actual: 'rare' }),
      named('b', {}, { actual: 'common' }),
      named('c', {}, { actual: 'common' }),
    ];
    expect(columnsOf(await drawn(aResult({ pools })), /found (rare|common)/g)).toEqual(['found common', 'found rare']);
  });

  test('say once what is known of all their pools, and beside a pool what is its own', async () => {
    const since = (day: string) => ({ change: 'persisting', since: `2026-11-${day}T02:00:00.000Z` }) as const;
    const alike = [named('a', {}, since('01')), named('b', {}, since('01'))];
    expect(columnsOf(await drawn(aResult({ pools: alike })), /since 2026-11-01/g)).toHaveLength(1);
    const text = await drawn(aResult({ pools: [...alike, named('c', {}, since('17'))] }), { columns: 120 });
    expect(text).toMatch(
      /eu-west-1_a {2}since 2026-11-01\n.*eu-west-1_b {2}since 2026-11-01\n.*eu-west-1_c {2}since 2026-11-17/,
    );
  });

  test('of pools that no policy matches stand beside each pool', async () => {
    const uncovered = { policy: null, path: '', file: null, line: null, change: 'new' } as const;
    const text = await drawn(aResult({ pools: [named('a', {}, uncovered), named('b', {}, uncovered)] }));
    expect(text).toMatch(
      /2 pools that no policy matches {3}mfa-drift\.yaml\n.*eu-west-1_a {2}new\n.*eu-west-1_b {2}new\n/,
    );
  });

  test('a pool that is not shown counts for what is said of all', async () => {
    const pools = Array.from({ length: 12 }, (_, index) =>
      named(`p-${index}`, {}, { change: index === 11 ? 'new' : null }),
    );
    const [heading = ''] = columnsOf(await drawn(aResult({ pools })), /Enabled .*/g);
    expect(heading).not.toContain('new');
  });

  test('are told without values beyond what memory holds, and every pool is counted', async () => {
    const pools = Array.from({ length: 250 }, (_, index) => named(`p-${index}`, {}, { actual: `value ${index}` }));
    const text = await drawn(aResult({ pools }));
    expect(text).toContain('prod-customers   250 pools');
    expect(text).toMatch(/ {2}other values\n.*eu-west-1_/);
    expect(text).toMatch(/… other values in \d+ more pools; all of them: --report html=/);
  });
});

describe('pools', () => {
  test('stand by name, numbers as numbers, whatever their ids', async () => {
    const pools = ['web-10', 'web-2', 'web-1'].map((name, index) =>
      named(name, { poolId: `eu-west-1_${'cba'[index]}` }),
    );
    const text = await drawn(
      aResult({ pools: [...pools, named('a', { accountName: 'zoo', accountId: '999988887777' })] }),
    );
    expect(columnsOf(text, /web-\d+|zoo/g)).toEqual(['web-1', 'web-2', 'web-10', 'zoo']);
  });

  test('show the first by name of however many', async () => {
    const pools = Array.from({ length: 40 }, (_, index) => named(`web-${40 - index}`));
    const shown = columnsOf(await drawn(aResult({ pools })), /web-\d+/g);
    expect(shown).toEqual(Array.from({ length: 10 }, (_, index) => `web-${index + 1}`));
  });

  const long = 'a-name-that-somebody-gave-without-thinking-of-screens';
  const places = [
    { accountId: '111122223333', region: 'ap-southeast-1', poolId: 'ap-southeast-1_Ab12Cd34E' },
    { accountId: '444455556666', region: 'us-east-1', poolId: 'us-east-1_Zz98Yy76X' },
    // A replica: its id does not tell its region.
    {
      accountId: '444455556666',
      region: 'ap-southeast-2',
      poolId: 'ap-southeast-1_Replica01',
      replicaOf: 'ap-southeast-1',
    },
  ];

  test.each([60, 80, 100, 120, 200])('at %i columns keep every id whole; names give way', async (columns) => {
    for (const some of [places, places.slice(0, 2), places.slice(1, 2)]) {
      const pools = some.map((place) => named(long, { accountName: long, ...place }));
      const text = await drawn(aResult({ pools }), { columns });
      for (const { accountId, poolId, region } of some)
        for (const id of [accountId, poolId, region]) expect(text).toContain(id);
      for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
    }
  });

  test('of accounts without a name show the id', async () => {
    const text = await drawn(aResult({ pools: [named('a', { accountName: null })] }));
    expect(text).toContain('    111122223333  eu-west-1  a  eu-west-1_a\n');
  });

  test("have columns of the same width all over the page, in every policy's part", async () => {
    const pools = [named('a'), named('a-longer-name', { poolId: 'eu-west-1_b' }, { policy: 'floor', severity: 'low' })];
    const lines = (await drawn(aResult({ pools }))).split('\n').filter((line) => line.startsWith('    shop-prod'));
    expect(new Set(lines.map((line) => line.indexOf('eu-west-1_')))).toHaveLength(1);
  });
});

describe("a field's name", () => {
  const paths = [
    'WebAuthnConfiguration.FactorConfiguration',
    'SmsMfaConfiguration.SmsConfiguration.EumsSms.OriginationIdentity',
    'MfaConfiguration',
  ];
  test.each([70, 80, 100, 120, 200])('is whole at %i columns, so that it can be copied', async (columns) => {
    const findings = paths.map((path) =>
      aFinding({ path, expected: 'MULTI_FACTOR_WITH_USER_VERIFICATION', actual: 'SINGLE_FACTOR', line: 12 }),
    );
    const text = await drawn(aResult({ pools: [aPool({ status: 'drifted', findings })] }), { columns });
    for (const path of paths) expect(text).toMatch(new RegExp(`^  ${path.replaceAll('.', '\\.')}(  |$)`, 'm'));
    for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
  });
});
