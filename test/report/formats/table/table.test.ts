import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { Gap } from '../../../../src/domain/result/result.ts';
import { aFinding, aGap, anAccount, anException, aPool, aResult, aSkip } from '../../a-result.ts';
import { everything } from '../../everything.ts';
import { drawn, drifting } from './drawn.ts';

test.each([80, 200])('a bad night at %i columns', async (columns) => {
  await expect(await drawn(everything(), { columns })).toMatchFileSnapshot(`../../../golden/table-${columns}.txt`);
});

describe('a night on which nothing is wrong', () => {
  const accounts = [anAccount(), anAccount({ id: '222233334444' })];

  test('is one sentence, with the day', async () => {
    const pools = Array.from({ length: 1846 }, () => aPool());
    expect(await drawn(aResult({ accounts, pools }))).toBe(
      'OK  1,846 of 1,846 pools in 2 accounts hold 1 policy · 2m 31s ·\n    2026-11-18 02:14 UTC\n',
    );
  });

  test('says how many accounts it does not speak of', async () => {
    const skipped = [aSkip({ scope: 'account', accountId: '222233334444', region: null, reason: 'suspended' })];
    expect(await drawn(aResult({ accounts, skipped, pools: [aPool()] }))).toContain('in 1 of 2 accounts');
  });

  test('is never said of a run with a gap', async () => {
    const text = await drawn(aResult({ accounts, gaps: [aGap()], pools: [aPool()] }));
    expect(text).toMatch(/^NOT ALL READ {2}no drift in the 1 pool that could be read/);
    expect(text).not.toContain('OK');
  });

  test('is never said of a run that was interrupted', async () => {
    const text = await drawn(aResult({ accounts, pools: [aPool()], run: { interrupted: true } }));
    expect(text).toMatch(/^NOT ALL READ/);
    expect(text).toContain('interrupted');
  });

  test('says so when it speaks for one shard, for a part, or not for AWS', async () => {
    const text = await drawn(
      aResult({
        accounts,
        pools: [aPool()],
        run: {
          shard: { index: 2, count: 4 },
          scope: { accounts: 'organization', filters: { region: ['eu-west-1'] }, regions: 'enabled' },
          endpointOverridden: true,
        },
      }),
    );
    expect(text).toContain('shard 2 of 4: it speaks only for its own accounts');
    expect(text).toContain('narrowed by flags: --region eu-west-1');
    expect(text).toContain('endpoint was overridden');
  });
});

describe('drift', () => {
  test('stands worst first, whatever the order of the pools', async () => {
    const text = await drawn(
      aResult({
        pools: [
          drifting({ poolId: 'eu-west-1_A' }, { severity: 'info', policy: 'notes' }),
          drifting({ poolId: 'eu-west-1_B' }, { severity: 'critical', policy: 'workforce' }),
          drifting({ poolId: 'eu-west-1_C' }, { severity: 'medium', policy: 'floor' }),
        ],
      }),
    );
    const order = ['critical  workforce', 'medium    floor', 'info      notes'].map((heading) => text.indexOf(heading));
    expect(order.every((place) => place > 0)).toBe(true);
    expect(order).toEqual(order.toSorted((one, other) => one - other));
  });

  test('beyond ten pools of a policy is counted, with the place where all are', async () => {
    const pools = Array.from({ length: 18 }, (_, index) => drifting({ poolId: `eu-west-1_Pool${index}` }));
    const text = await drawn(aResult({ pools }));
    expect(text.match(/eu-west-1_Pool/g)).toHaveLength(10);
    expect(text).toMatch(/… 8 more pools; all of them: --report \w+=/);
  });

  test('counts a pool once, and its findings each', async () => {
    const findings = [aFinding(), aFinding({ id: 'f-2', policy: 'floor', severity: 'low' })];
    const text = await drawn(aResult({ pools: [aPool({ status: 'drifted', findings })] }));
    expect(text).toMatch(/^DRIFT {2}1 of 1 pool · findings: 1 high {2}1 low/);
  });

  test('shows the findings that are known of a pool that was not wholly read', async () => {
    const pool = aPool({ status: 'unreadable', findings: [aFinding()] });
    expect(await drawn(aResult({ pools: [pool], gaps: [aGap()] }))).toMatch(/^DRIFT {2}1 of 1 pool/);
  });

  test('says since when, or that it is new, and when its exception expired', async () => {
    const text = await drawn(
      aResult({
        pools: [
          drifting({}, { change: 'persisting', since: '2026-11-01T02:14:00.000Z' }),
          drifting({}, { change: 'new' }),
          drifting({}, { exception: { ...anException, expired: true, expires: '2026-10-31' } }),
        ],
      }),
      { columns: 120 },
    );
    expect(text).toContain('since 2026-11-01');
    expect(text).toMatch(/ new$/m);
    expect(text).toContain('exception expired 2026-10-31');
  });
});

describe('what was not read', () => {
  function denied(regions: number, accounts: number): Gap[] {
    return Array.from({ length: accounts }, (_, account) => String(400_000_000_000 + account)).flatMap((accountId) =>
      Array.from({ length: regions }, (_, region) => `eu-test-${region + 1}`).map((region) =>
        aGap({
          accountId,
          region,
          message: aGap().message.replaceAll('444455556666', accountId).replaceAll('ap-east-1', region),
        }),
      ),
    );
  }

  test('stands together where the cause is the same', async () => {
    const text = await drawn(aResult({ gaps: denied(13, 40) }), { columns: 200 });
    expect(text).toContain('NOT READ  520 places: no verdict there');
    expect(text).toContain('13 regions × 40 accounts (400000000000, 400000000001, 400000000002, 37 more)');
    expect(text.match(/denied by a service control policy/g)).toHaveLength(1);
  });

  test('stands apart where the cause is another', async () => {
    const gaps = [...denied(2, 1), aGap({ message: 'Rate exceeded', code: 'throttled', remedy: 'run again' })];
    const text = await drawn(aResult({ gaps }));
    expect(text).toContain('2 regions × 1 account');
    expect(text).toContain('Rate exceeded (throttled)');
  });

  test('always says what to do', async () => {
    expect(await drawn(aResult({ gaps: [aGap({ remedy: 'deploy the role' })] }))).toMatch(/^ {6}deploy the role$/m);
  });
});

describe('the screen', () => {
  test.each([60, 80, 100, 200])('is not left at %i columns by anything that can be cut or broken', async (columns) => {
    const long = 'a-very-long-name-that-nobody-should-have-given-'.repeat(4);
    const pools = [
      drifting({ accountName: long, poolName: long, managedBy: long }, { path: long, expected: long, actual: long }),
    ];
    const text = await drawn(aResult({ accounts: [anAccount({ name: long })], pools }), { columns });
    for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
    expect(text).toContain('eu-west-1_Ab12Cd34E');
  });

  test('has the same words with colour and without', async () => {
    const coloured = await drawn(everything(), { color: true });
    expect(coloured).toContain('\u001B[');
    expect(stripVTControlCharacters(coloured)).toBe(await drawn(everything()));
  });
});
