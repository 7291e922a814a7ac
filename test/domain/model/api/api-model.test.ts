import type { GetUserPoolMfaConfigResponse, UserPoolType } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { unknownFields } from '../../../../src/domain/model/api/api-model.ts';
import type { PoolRead, poolReads } from '../../../../src/domain/model/api/reads.ts';

/** The type that a shape of the table describes. */
type Value<S> = S extends 'string'
  ? string
  : S extends 'boolean'
    ? boolean
    : S extends 'number'
      ? number
      : S extends { values: readonly (infer V)[] }
        ? V
        : S extends { list: infer L }
          ? Value<L>[]
          : S extends { map: infer M }
            ? { [name: string]: Value<M> }
            : S extends { members: infer M }
              ? Described<M>
              : never;
type Described<M> = { -readonly [K in keyof M]: Value<M[K]> };

/** The SDK's type as its JSON is: every member stripped of `undefined`, dates as numbers. */
type Plain<T> = T extends Date
  ? number
  : T extends string | number | boolean
    ? T
    : T extends (infer E)[]
      ? Plain<E>[]
      : string extends keyof T
        ? { [name: string]: Plain<T[keyof T]> }
        : { [K in keyof T]-?: Plain<Exclude<T[K], undefined>> };

type AnswersOfTheTable = { [Read in PoolRead]: Described<(typeof poolReads)[Read]['members']> };
interface AnswersOfTheSdk {
  mfaConfig: Plain<Omit<GetUserPoolMfaConfigResponse, '$metadata'>>;
  userPool: Plain<UserPoolType>;
}

describe('the table of the API model', () => {
  it('has exactly the members and values of the SDK for what each read answers', () => {
    expectTypeOf<AnswersOfTheTable>().toEqualTypeOf<AnswersOfTheSdk>();
  });
});

describe('unknown fields', () => {
  it('are none in an answer that holds every member there is', () => {
    expect(
      unknownFields({
        MfaConfiguration: 'ON',
        SoftwareTokenMfaConfiguration: { Enabled: true },
        SmsMfaConfiguration: { SmsConfiguration: { EumsSms: { CallerArn: 'arn:aws:iam::111122223333:role/sms' } } },
        WebAuthnConfiguration: { RelyingPartyId: 'auth.example.com' },
      }),
    ).toEqual([]);
  });

  it('are named by path, at the top and nested, and also where the name is one of JavaScript’s own', () => {
    expect(
      unknownFields({
        MfaConfiguration: 'ON',
        toString: 'x',
        WebAuthnConfiguration: { Attestation: 'direct' },
        SmsMfaConfiguration: { SmsConfiguration: { EumsSms: { Sandbox: true } } },
        PushMfaConfiguration: { Enabled: true },
      }),
    ).toEqual([
      'PushMfaConfiguration',
      'SmsMfaConfiguration.SmsConfiguration.EumsSms.Sandbox',
      'WebAuthnConfiguration.Attestation',
      'toString',
    ]);
  });
});
