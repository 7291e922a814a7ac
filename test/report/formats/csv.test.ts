import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Result } from '../../../src/domain/result/result.ts';
import { csv } from '../../../src/report/formats/csv.ts';
import { aFinding, aGap, anAccount, anException, aPool, aResult, textOf } from '../a-result.ts';
import { everything } from '../everything.ts';

async function rowsOf(result: Result): Promise<Record<string, string>[]> {
  return parse(await textOf(csv(result)), { columns: true, record_delimiter: '\r\n' });
}

test('there is one row a gap, one a finding and one a control', async () => {
  const rows = await rowsOf(everything());
  const kinds = rows.map(({ kind, status }) => `${kind} ${status}`).toSorted();
  expect(kinds).toEqual([
    'control drift',
    'control drift',
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

test('a control says how the pools under it stand, and a finding which controls its policy serves', async () => {
  const pools = [
    aPool({ status: 'drifted', findings: [aFinding()] }),
    aPool({ poolId: 'p-2', status: 'unreadable' }),
    aPool({ poolId: 'p-3' }),
  ];
  const [finding, cis, nist] = await rowsOf(aResult({ pools }));
  expect(finding?.['controls']).toBe('NIST-800-63B-4 AAL2; CIS-8.1 6.3');
  expect(cis).toMatchObject({
    kind: 'control',
    status: 'drift',
    controls: 'CIS-8.1 6.3',
    policy: 'prod-customers',
    message: expect.stringContaining('1 of 3 pools drifts, 1 not wholly read. 6.3 speaks of'),
  });
  expect(nist).toMatchObject({ controls: 'NIST-800-63B-4 AAL2' });
});

/** LibreOffice, Excel and DuckDB take an account id for a number; an ARN stays text. */
test('every row has an ARN: the pool, else the account, else the organization', async () => {
  const accountId = '012345678901';
  const rows = await rowsOf(
    aResult({
      accounts: [anAccount({ id: accountId }), anAccount({ id: '034567890123', arn: null })],
      gaps: [
        aGap({ scope: 'organization', accountId: null, region: null }),
        aGap({ accountId }),
        aGap({ accountId: '034567890123' }),
        aGap({ scope: 'pool', accountId, region: 'eu-west-1', poolId: 'eu-west-1_Ab' }),
      ],
      pools: [aPool({ accountId, findings: [aFinding()] })],
    }),
  );
  const organization = 'arn:aws:organizations::999988887777:organization/o-a1b2c3d4e5';
  expect(rows.map(({ arn }) => arn)).toEqual([
    organization,
    'arn:aws:organizations::999988887777:account/o-a1b2c3d4e5/012345678901',
    'arn:aws:iam::034567890123:root',
    'arn:aws:cognito-idp:eu-west-1:012345678901:userpool/eu-west-1_Ab',
    'arn:aws:cognito-idp:eu-west-1:012345678901:userpool/eu-west-1_Ab12Cd34E',
    organization,
    organization,
  ]);
});

test('in another partition an ARN is of that one', async () => {
  const gaps = [aGap({ region: 'us-gov-west-1' })];
  const [unlisted] = await rowsOf(aResult({ gaps, run: { callerArn: null } }));
  expect(unlisted?.['arn']).toBe('arn:aws-us-gov:iam::444455556666:root');
  const [called] = await rowsOf(
    aResult({
      gaps: [aGap({ region: null, scope: 'account' })],
      run: { callerArn: 'arn:aws-cn:iam::999988887777:user/a' },
    }),
  );
  expect(called?.['arn']).toBe('arn:aws-cn:iam::444455556666:root');
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
      expect(rows.map(({ kind }) => kind)).toEqual(['gap', 'finding', 'control', 'control']);
    }),
  );
});
