import { expect, test } from 'vitest';
import { checksOf } from './templates.ts';

test.each([
  'true',
  '"true"',
  '[true]',
  '{}',
  '{ Ref: Stage }',
  '{ "Fn::If": [IsProd, true, false] }',
  '{ "Fn::Not": [true] }',
  '{ "Fn::And": [[[]], "x"] }',
  '{ Condition: IsProd }',
  '{ Condition: [IsProd] }',
  '{ "Fn::Equals": [] }',
  '{ "Fn::Equals": [prod] }',
  '{ "Fn::Equals": [prod, { Ref: Stage }] }',
  '{ "Fn::Not": { "Fn::Equals": [a, a] } }',
  '{ "Fn::If": [{ "Fn::Equals": [a, a] }] }',
])('a condition that is no condition (%s) leaves open what it decides', (condition) => {
  const mode = 'MfaConfiguration: { "Fn::If": [IsProd, "ON", "OFF"] }';
  const conditions = `Conditions:\n  IsProd: ${condition}\n`;
  expect(checksOf(mode, "{ MfaConfiguration: 'ON' }", conditions)).toEqual({ MfaConfiguration: 'unknown' });
});
