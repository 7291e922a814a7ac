import { expect, test } from 'vitest';
import { namedUnits } from '../../../src/domain/policy/named-units.ts';
import { policy, policySet } from '../../policy-set.ts';

test('units are named by policies and exceptions, also in what they exclude', () => {
  const set = policySet(
    `${policy('p')}match: { organizationalUnits: [/Workloads, ou-ab12-cdef3456], accounts: ["*-prod"], accountTags: { env: [prod] }, exclude: [{ organizationalUnits: [/Sandbox], pools: ["x*"] }] }\nexpect: {}\n` +
      '---\napiVersion: mfa-drift/v1\nkind: Exceptions\nexceptions:\n  - { match: { organizationalUnits: [/Legacy], regions: [eu-west-1] }, reason: r, owner: o, expires: 2027-03-31 }\n',
  );
  expect(namedUnits(set)).toEqual(['/Workloads', 'ou-ab12-cdef3456', '/Sandbox', '/Legacy']);
});
