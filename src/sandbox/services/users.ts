/** Users of a pool, as far as MFA goes. Sources: API reference of each operation; messages as applications have met them. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import { userFilter, type Matches } from '../cognito/user-filter.ts';
import type { Input } from '../input.ts';
import { ServiceFailure } from '../service-failure.ts';
import type { StoredPool } from '../world/stored-pool.ts';
import type { StoredUser } from '../world/stored-user.ts';
import { page, type ServiceCall, type Operation } from './operation.ts';
import { requestedPool } from './requested-pool.ts';

export const userOperations: Readonly<Record<string, Operation>> = {
  ListUsers: (call, input) => listUsers(call, input, requestedPool(call, input, 'ListUsers')),
  AdminGetUser: (call, input) => getUser(input, requestedPool(call, input, 'AdminGetUser')),
  AdminGetUserAuthFactors: (call, input) =>
    getAuthFactors(input, requestedPool(call, input, 'AdminGetUserAuthFactors')),
  AdminSetUserMFAPreference: setPreference,
};

function listUsers(call: ServiceCall, input: Input, pool: StoredPool): JsonObject {
  const size = input.number('Limit', { min: 0, max: 60 }) ?? 60;
  const token = input.text('PaginationToken', { min: 1, pattern: String.raw`[\S]+` });
  const filter = input.text('Filter', { max: 256 }) ?? '';
  const matches = matching(call, input, filter);
  const list = `ListUsers/${pool.region}/${pool.id}/${filter}`;
  const cut = page(call, (pool.users ?? []).filter(matches), { list, token, size: size === 0 ? 60 : size });
  if (cut === null) throw input.refuse('Invalid pagination token given.', 'INVALID_NEXT_TOKEN');
  const wanted = textsAt(call.members['AttributesToGet']);
  const users = cut.items.map((user) => listedUser(user, wanted, input));
  return { Users: users, ...(cut.nextToken === undefined ? {} : { PaginationToken: cut.nextToken }) };
}

function matching(call: ServiceCall, input: Input, filter: string): Matches {
  if (filter === '') return () => true;
  const matches = userFilter(filter, call.world.switches);
  if (matches === null) throw input.refuse('One or more requested filters are invalid.', 'INVALID_PATTERN');
  return matches;
}

function textsAt(list: JsonValue | undefined): readonly string[] | null {
  return Array.isArray(list) ? list.filter((entry: JsonValue) => typeof entry === 'string') : null;
}

/** "If you request an attribute that not every user has a value for, you get an error" (API reference, AttributesToGet). */
function listedUser(user: StoredUser, wanted: readonly string[] | null, input: Input): JsonObject {
  const all: Readonly<Record<string, string>> = { ...user.attributes, sub: user.sub };
  const names = wanted ?? Object.keys(all);
  if (names.some((name) => !Object.hasOwn(all, name)))
    throw input.refuse('One or more requested attributes do not exist.', 'INVALID_PATTERN');
  return {
    Username: user.name,
    Attributes: names.map((name) => ({ Name: name, Value: all[name] ?? '' })),
    Enabled: user.enabled,
    UserStatus: user.status,
  };
}

function getUser(input: Input, pool: StoredPool): JsonObject {
  const user = requestedUser(input, pool);
  const attributes = { sub: user.sub, ...user.attributes };
  return {
    Username: user.name,
    UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    Enabled: user.enabled,
    UserStatus: user.status,
    ...preferences(user),
  };
}

function getAuthFactors(input: Input, pool: StoredPool): JsonObject {
  const user = requestedUser(input, pool);
  return { Username: user.name, ...preferences(user), ConfiguredUserAuthFactors: user.firstFactors };
}

/** A user without a factor has no such member. */
function preferences({ factors, preferred }: StoredUser): JsonObject {
  return {
    ...(factors.length === 0 ? {} : { UserMFASettingList: factors }),
    ...(preferred === null ? {} : { PreferredMfaSetting: preferred }),
  };
}

/** By name or by `sub`, which these operations take in its place. */
function requestedUser(input: Input, pool: StoredPool): StoredUser {
  const name = input.requiredText('Username', { min: 1, max: 128 });
  const user = pool.users?.find((each) => each.name === name || each.sub === name);
  if (user === undefined) throw new ServiceFailure('UserNotFoundException', 'User does not exist.');
  return user;
}

const settings = {
  SMSMfaSettings: 'SMS_MFA',
  SoftwareTokenMfaSettings: 'SOFTWARE_TOKEN_MFA',
  EmailMfaSettings: 'EMAIL_OTP',
};

/** A factor that the request doesn't name keeps its setting. */
function setPreference(call: ServiceCall, input: Input): JsonObject {
  const pool = requestedPool(call, input, 'AdminSetUserMFAPreference');
  const user = requestedUser(input, pool);
  let { factors, preferred } = user;
  for (const [member, factor] of Object.entries(settings)) {
    const asked = call.members[member];
    if (!isJsonObject(asked)) continue;
    const isOn = asked['Enabled'] === true;
    if (isOn && factor === 'SOFTWARE_TOKEN_MFA' && !user.hasTotp)
      throw input.refuse('User has not verified software token mfa', 'INVALID_PATTERN');
    factors = [...factors.filter((each) => each !== factor), ...(isOn ? [factor] : [])];
    if (isOn && asked['PreferredMfa'] === true) preferred = factor;
    else if (preferred === factor) preferred = null;
  }
  const users = (pool.users ?? []).map((each) => (each === user ? { ...user, factors, preferred } : each));
  call.account.shelves.get(pool.region)?.replace({ ...pool, users });
  return {};
}
