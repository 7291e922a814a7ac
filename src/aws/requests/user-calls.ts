/** What is asked about the users of a pool. Of an answer only what decides is kept; of attributes, that they are there. */
import {
  AdminGetUserAuthFactorsCommand,
  AdminGetUserCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { JsonObject, JsonValue } from '../../domain/model/json.ts';
import type { UserFactors } from '../../domain/readiness/users.ts';
import type { ListedUser, UserCalls, UserPage } from '../../ports/user-reader.ts';
import { rawAnswer } from '../answers/answer-text.ts';
import { listIn, optionalTextIn, textIn, textsIn, unlike } from '../answers/members.ts';
import type { Clients } from '../session/clients.ts';
import type { Identity } from '../session/identity.ts';
import { requestsAs } from './requests.ts';

export function userCalls(clients: Clients, identity: Identity, region: string): UserCalls {
  const reader = clients.cognitoReader(identity, region);
  const request = requestsAs(identity, reader, clients);
  return {
    ready: () => identity.ready(),
    // Without AttributesToGet, which is an error where a user lacks the attribute.
    list: (UserPoolId, prefix, token) =>
      request(
        'cognito-idp:ListUsers',
        () =>
          reader.ask('ListUsers', ListUsersCommand, {
            UserPoolId,
            ...(prefix === '' ? {} : { Filter: `sub ^= "${prefix}"` }),
            ...(token === null ? {} : { PaginationToken: token }),
          }),
        (output) => userPage(rawAnswer(output)),
      ),
    factors: (UserPoolId, Username) =>
      request(
        'cognito-idp:AdminGetUserAuthFactors',
        () => reader.ask('AdminGetUserAuthFactors', AdminGetUserAuthFactorsCommand, { UserPoolId, Username }),
        (output) => userFactors(rawAnswer(output)),
      ),
    billedFactors: (UserPoolId, Username) =>
      request(
        'cognito-idp:AdminGetUser',
        () => reader.ask('AdminGetUser', AdminGetUserCommand, { UserPoolId, Username }),
        (output) => userFactors(rawAnswer(output)),
      ),
  };
}

function userPage(answer: JsonObject): UserPage {
  return { users: listIn(answer, 'Users', listedUser), next: optionalTextIn(answer, 'PaginationToken') || null };
}

function listedUser(user: JsonObject): ListedUser {
  const attributes = listIn({ Attributes: user['Attributes'] ?? [] }, 'Attributes', (each) => each);
  const value = (name: string): JsonValue => attributes.find(({ Name }) => Name === name)?.['Value'] ?? null;
  const has = (name: string) => (value(name) ?? '') !== '';
  const sub = value('sub');
  if (typeof user['Enabled'] !== 'boolean') throw unlike('a user does not say whether it is enabled');
  return {
    name: textIn(user, 'Username'),
    sub: typeof sub === 'string' ? sub : null,
    status: textIn(user, 'UserStatus'),
    isEnabled: user['Enabled'],
    hasEmail: has('email'),
    hasPhone: has('phone_number'),
  };
}

function userFactors(answer: JsonObject): UserFactors {
  return {
    active: textsIn(answer, 'UserMFASettingList'),
    preferred: optionalTextIn(answer, 'PreferredMfaSetting') || null,
    first: textsIn(answer, 'ConfiguredUserAuthFactors'),
  };
}
