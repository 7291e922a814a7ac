import { expect, it } from 'vitest';
import { failureOf, UnreadUsers } from '../../../src/reading/readiness/unread-users.ts';
import { refusal } from '../fake-cloud.ts';

const told = { ...refusal('OddException', 'malformed'), message: 'anna is odd', remedy: 'Wait.' };

it('a denial is told in the words of the service, and anything else by its name, since those may name a user', () => {
  const action = 'cognito-idp:ListUsers';
  expect(failureOf({ ...told, code: 'AccessDenied', message: 'role/audit may not' }, action)).toEqual({
    code: 'AccessDenied',
    message: 'role/audit may not',
    remedy: 'Wait.',
  });
  expect(failureOf(told, action)).toEqual({
    code: 'malformed',
    message: 'cognito-idp:ListUsers: OddException',
    remedy: 'Wait.',
  });
});

it('as an error it says what the failure says', () => {
  const failure = failureOf(told, 'cognito-idp:ListUsers');
  const error = new UnreadUsers(failure);
  expect(error.failure).toBe(failure);
  expect(error.message).toBe('cognito-idp:ListUsers: OddException');
});
