import { expect, test } from 'vitest';
import { policyRecords } from '../../../src/domain/policy/policy-records.ts';
import { policy, policySet } from '../../policy-set.ts';

test('a result keeps of each policy what reports say of it, by name', () => {
  const text = `${policy('b')}severity: high\ndescription: All of them.\ncontrols: [AAL2]\nexpect: {}\n---\n${policy('a')}expect: {}\n`;
  expect(policyRecords(policySet(text))).toEqual([
    { name: 'a', severity: 'medium', description: null, controls: [], file: 'policies/p.yaml', line: 11 },
    { name: 'b', severity: 'high', description: 'All of them.', controls: ['AAL2'], file: 'policies/p.yaml', line: 3 },
  ]);
});
