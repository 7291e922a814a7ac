import { expect, it } from 'vitest';
import { withManagementAdvice } from '../../../src/reading/accounts/management-account.ts';
import type { OpenGap } from '../../../src/reading/sink.ts';
import { caller, shop } from './fake-organization.ts';

const gap: OpenGap = {
  scope: 'account',
  accountId: caller,
  region: null,
  poolId: null,
  code: 'AccessDenied',
  message: 'sts:AssumeRole: AccessDenied: not authorized',
  remedy: 'Deploy the role.',
};

it('a role that is missing in the management account is none that a StackSet would bring', () => {
  expect(withManagementAdvice(gap, caller)).toEqual({
    ...gap,
    remedy:
      'Deploy the role. A service-managed StackSet never reaches the management account: deploy the role there as a stack of its own.',
  });
});

it.each<[string, OpenGap, string | null]>([
  ['another account', { ...gap, accountId: shop }, caller],
  ['one of whom nobody knows whether it is that', gap, null],
  ['a gap of the organization, which has no account', { ...gap, scope: 'organization', accountId: null }, null],
  ['a region of it', { ...gap, scope: 'region', region: 'eu-west-1' }, caller],
  ['another failure', { ...gap, message: 'sts:AssumeRole: ExpiredToken: sts:AssumeRole: AccessDenied:' }, caller],
])('%s has its own remedy', (_what, other, managementAccountId) => {
  expect(withManagementAdvice(other, managementAccountId)).toBe(other);
});
