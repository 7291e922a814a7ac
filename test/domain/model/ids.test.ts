import { expect, it } from 'vitest';
import { isAccountId, isPoolId } from '../../../src/domain/model/ids.ts';

it.each([
  ['111122223333', true],
  ['011122223333', true],
  ['11112222333', false],
  ['1111222233334', false],
  ['1111 22223333', false],
  ['111122223333\n', false],
  ['١١١١٢٢٢٢٣٣٣٣', false],
])('%j is an account id: %s', (text, isOne) => {
  expect(isAccountId(text)).toBe(isOne);
});

it.each([
  ['eu-west-1_AbCdEf123', true],
  ['us-gov-west-1_0a', true],
  ['eusc-de-east-1_XyZ012345', true],
  ['customers_prod', false],
  ['eu-west_prod', false],
  ['eu-west-1_', false],
  ['eu-west-1_a-b', false],
  ['EU-WEST-1_AbC', false],
])('%j is a pool id, and no name: %s', (text, isOne) => {
  expect(isPoolId(text)).toBe(isOne);
});
