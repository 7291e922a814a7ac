/**
 * The members of CreateUserPool and UpdateUserPool that DescribeUserPool shows as they were sent. Source: botocore 1.43.67,
 * cognito-idp 2016-04-18.
 */
import { isJsonObject, type JsonObject, type JsonValue } from '../../../domain/model/json.ts';
import { ServiceFailure } from '../../service-failure.ts';

type Kind = 'text' | 'structure' | 'list';

/** What UpdateUserPool can set, and CreateUserPool too. */
export const updatable = {
  AccountRecoverySetting: 'structure',
  AdminCreateUserConfig: 'structure',
  AutoVerifiedAttributes: 'list',
  DeletionProtection: 'text',
  DeviceConfiguration: 'structure',
  EmailConfiguration: 'structure',
  EmailVerificationMessage: 'text',
  EmailVerificationSubject: 'text',
  LambdaConfig: 'structure',
  Policies: 'structure',
  SmsAuthenticationMessage: 'text',
  SmsConfiguration: 'structure',
  SmsVerificationMessage: 'text',
  UserAttributeUpdateSettings: 'structure',
  UserPoolAddOns: 'structure',
  UserPoolTags: 'structure',
  UserPoolTier: 'text',
  VerificationMessageTemplate: 'structure',
} as const satisfies Readonly<Record<string, Kind>>;

/** What is settled when a pool is made. */
export const creatable = {
  ...updatable,
  AliasAttributes: 'list',
  UsernameAttributes: 'list',
  UsernameConfiguration: 'structure',
} as const satisfies Readonly<Record<string, Kind>>;

/** Those of a request that are known, as they were sent; null is absent. Throws where one is of another JSON type. */
export function membersOf(request: JsonObject, kinds: Readonly<Record<string, Kind>>): JsonObject {
  return Object.fromEntries(
    Object.entries(kinds).flatMap(([name, kind]): [string, JsonValue][] => {
      const value = request[name] ?? null;
      if (value === null) return [];
      if (isOf(kind, value)) return [[name, value]];
      throw new ServiceFailure('SerializationException', `${name} is no ${kind}`);
    }),
  );
}

function isOf(kind: Kind, value: JsonValue): boolean {
  if (kind === 'list') return Array.isArray(value);
  return kind === 'text' ? typeof value === 'string' : isJsonObject(value);
}
