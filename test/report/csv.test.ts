import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Result } from '../../src/domain/result.ts';
import { csv } from '../../src/report/csv.ts';
import { aFinding, aGap, anAccount, anException, aPool, aResult, textOf } from './a-result.ts';
import { everything } from './everything.ts';

async function rowsOf(result: Result): Promise<Record<string, string>[]> {
  return parse(await textOf(csv(result)), { columns: true, record_delimiter: '\r\n' });
}

test('there is one row a finding and one a gap, and none for what is well', async () => {
  const rows = await rowsOf(everything());
  const kinds = rows.map(({ kind, status }) => `${kind} ${status}`).toSorted();
  expect(kinds).toEqual([
    'finding drift',
    'finding drift',
    'finding drift',
    'finding drift',
    'finding drift',
    'finding excepted',
    'finding fixed',
    'gap accepted',
    ...Array.from({ length: 7 }, () => 'gap open'),
  ]);
});

test('a finding says where it is, what is wanted, what was found and who says so', async () => {
  const pool = aPool({
    status: 'drifted',
    findings: [aFinding({ expected: { oneOf: ['ON', 'OPTIONAL'] }, actual: 'OFF' })],
  });
  const [row] = await rowsOf(aResult({ pools: [pool] }));
  expect(row).toMatchObject({
    severity: 'high',
    policy: 'prod-customers',
    account_id: '111122223333',
    account_name: 'shop-prod',
    pool_id: 'eu-west-1_Ab12Cd34E',
    expected: 'ON or OPTIONAL',
    actual: 'OFF',
    file: 'policies/customers.yaml',
    line: '9',
    request_id: '8f0c1234-aaaa-bbbb-cccc-123456789abc',
  });
});

test('an accepted gap names its exception and its account', async () => {
  const [row] = await rowsOf(
    aResult({
      accounts: [anAccount({ id: '444455556666', name: 'sandbox-7' })],
      gaps: [aGap({ accepted: anException })],
    }),
  );
  expect(row).toMatchObject({ status: 'accepted', account_name: 'sandbox-7', exception_ticket: 'SEC-1234' });
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '=HYPERLINK("http://example.com")', '＝1+1'])(
  '%s is no formula',
  async (name) => {
    const [row] = await rowsOf(aResult({ pools: [aPool({ poolName: name, findings: [aFinding()] })] }));
    expect(row?.['pool_name']).toBe(`'${name}`);
  },
);

test('every row has every column, whatever the names', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async (name) => {
      const rows = await rowsOf(
        aResult({
          accounts: [anAccount({ name })],
          gaps: [aGap({ message: name, remedy: name })],
          pools: [aPool({ poolName: name, findings: [aFinding({ path: name, actual: name })] })],
        }),
      );
      expect(rows).toHaveLength(2);
    }),
  );
});
