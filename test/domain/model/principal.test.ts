import { expect, test } from 'vitest';
import { isSamePrincipal } from '../../../src/domain/model/principal.ts';

const user = (name: string, account = '111122220000') => `arn:aws:iam::${account}:user/${name}`;
const session = (role: string, name: string, account = '111122220000') =>
  `arn:aws:sts::${account}:assumed-role/${role}/${name}`;

test.each([
  ['the same user', user('ann'), user('ann'), true],
  ['another user', user('ann'), user('bob'), false],
  ['a user of the same name in another account', user('ann'), user('ann', '999988887777'), false],
  ['a user, then a role', user('ann'), session('ann', 's'), false],
  ['the same session', session('Nightly', 'run-7'), session('Nightly', 'run-7'), true],
  [
    'the same role in a session of another name',
    session('Nightly', '1732868101'),
    session('Nightly', '1732871701'),
    true,
  ],
  ['another role, with the session of the same name', session('Nightly', 'run-7'), session('Admin', 'run-7'), false],
  ['the role of that name in another account', session('Nightly', 'a'), session('Nightly', 'a', '999988887777'), false],
  [
    'another person of Identity Center',
    session('AWSReservedSSO_Admin_0123456789abcdef', 'ann@example.com'),
    session('AWSReservedSSO_Admin_0123456789abcdef', 'bob@example.com'),
    false,
  ],
  [
    'the same person of Identity Center',
    session('AWSReservedSSO_Admin_0123456789abcdef', 'ann@example.com'),
    session('AWSReservedSSO_Admin_0123456789abcdef', 'ann@example.com'),
    true,
  ],
  [
    'a role that is only named like those',
    session('MyAWSReservedSSO_x', 'a'),
    session('MyAWSReservedSSO_x', 'b'),
    true,
  ],
  ['what only ends as the session of a role', `x${session('Nightly', 'a')}`, `x${session('Nightly', 'b')}`, false],
  ['GovCloud beside the others', user('ann'), user('ann').replace(':aws:', ':aws-us-gov:'), false],
  ['the account itself', 'arn:aws:iam::111122220000:root', 'arn:aws:iam::111122220000:root', true],
])('%s', (_what, first, now, same) => {
  expect(isSamePrincipal(first, now)).toBe(same);
});
