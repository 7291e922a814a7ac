/** The `Filter` of `ListUsers`: `NAME = "VALUE"` or `NAME ^= "VALUE"`. Source: API reference, ListUsers. */
import { answers } from './open-questions.ts';
import type { Switches } from '../world/stored-pool.ts';
import type { StoredUser } from '../world/stored-user.ts';

export type Matches = (user: StoredUser) => boolean;

const grammar = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/;

/** Those that the reference names, among the attributes that the sandbox's users have. */
const values: Readonly<Record<string, (user: StoredUser) => string>> = {
  username: ({ name }) => name,
  sub: ({ sub }) => sub,
  email: ({ attributes }) => attributes['email'] ?? '',
  phone_number: ({ attributes }) => attributes['phone_number'] ?? '',
  'cognito:user_status': ({ status }) => status,
  status: ({ enabled }) => (enabled ? 'Enabled' : 'Disabled'),
};

/** `null`: it is none, or the service does not take it. */
export function userFilter(text: string, switches: Switches): Matches | null {
  const [, name = '', operator, quoted = ''] = grammar.exec(text) ?? [];
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value === undefined) return null;
  const wanted = quoted.replaceAll(/\\(.)/g, '$1');
  if (operator === '=') return (user) => value(user) === wanted;
  if (name !== 'sub' || answers(switches, 'prefix-of-sub', 'answered')) return (user) => value(user).startsWith(wanted);
  return answers(switches, 'prefix-of-sub', 'finds-nobody') ? () => false : null;
}
