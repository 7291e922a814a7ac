import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import type { GetUserPoolMfaConfigResponse, UserPoolType } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { unknownFields, type Members, type Shape } from '../../../../src/domain/model/api/api-model.ts';
import { poolReads, type PoolRead } from '../../../../src/domain/model/api/reads.ts';

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

/** A schema of the SDK as a shape of ours, every text as `string`. Source: @smithy/types, schema/schema.d.ts. */
const simple = new Map<unknown, unknown>([
  [0, 'string'],
  [1, 'number'],
  [2, 'boolean'],
  [4, 'number'],
  [64, { list: 'string' }],
  [128, { map: 'string' }],
]);

function shapeOf(schema: unknown): unknown {
  if (typeof schema === 'function') return shapeOf(schema());
  if (!Array.isArray(schema)) return simple.get(schema);
  const [kind, , , , first, second]: readonly unknown[] = schema;
  if (kind === 1) return { list: shapeOf(first) };
  if (kind === 2) return { map: shapeOf(second) };
  if (kind !== 3) return shapeOf(schema.length === 2 ? kind : first);
  const inner = Array.isArray(second) ? second : [];
  const names = Array.isArray(first) ? first : [];
  return { members: Object.fromEntries(names.map((name, index) => [name, shapeOf(inner[index])])) };
}

function withoutWords(shape: Shape): unknown {
  if (typeof shape === 'string') return shape;
  if ('values' in shape) return 'string';
  if ('list' in shape) return { list: withoutWords(shape.list) };
  if ('map' in shape) return { map: withoutWords(shape.map) };
  return membersOf(shape.members);
}

function membersOf(members: Members): unknown {
  return {
    members: Object.fromEntries(Object.entries(members).map(([name, shape]) => [name, withoutWords(shape)])),
  };
}

function wordsIn(shape: Shape): readonly (readonly string[])[] {
  if (typeof shape === 'string') return [];
  if ('values' in shape) return [shape.values];
  if ('list' in shape) return wordsIn(shape.list);
  return 'map' in shape ? wordsIn(shape.map) : Object.values(shape.members).flatMap(wordsIn);
}

describe('the table of the API model, as a program reads it', () => {
  const schemas: Readonly<Record<PoolRead, unknown>> = {
    mfaConfig: sdk.GetUserPoolMfaConfigResponse$,
    userPool: sdk.UserPoolType$,
  };

  it.each(Object.entries(poolReads))('has the members of the SDK for %s', (name, { members }) => {
    expect(membersOf(members)).toEqual(shapeOf(new Map<string, unknown>(Object.entries(schemas)).get(name)));
  });

  it('has only lists of words that the SDK has', () => {
    const lists = new Set(Object.values(sdk).map((one) => JSON.stringify(Object.values(one).map(String).sort())));
    const words = Object.values(poolReads).flatMap(({ members }) => wordsIn({ members }));
    expect(words.filter((list) => !lists.has(JSON.stringify([...list].sort())))).toEqual([]);
    expect(words.length).toBeGreaterThan(20);
  });
});

describe('unknown fields', () => {
  it('are not looked for inside a value of another type', () => {
    expect(unknownFields({ MfaConfiguration: { Mode: 'ON' }, EmailMfaConfiguration: 'x' })).toEqual([]);
  });

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
