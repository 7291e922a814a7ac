/** The conformance cases: what a rule of Cognito means in calls and answers, playable against any endpoint. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import type { JsonObject } from '../../src/domain/model/json.ts';
import { userGroup, type UserGroup } from '../../src/sandbox/fleet/directory.ts';

/** An error of the service; a message in slashes is a pattern, and none at all is one whose wording nobody measured. */
export interface ExpectedError {
  readonly name: string;
  readonly message?: string;
}

/** What follows from a step: the state that Get shows afterwards (and Set answers), or an error that changes nothing. */
export interface Expectation {
  readonly state?: JsonObject;
  /** What a `call` answers, among other members. */
  readonly answer?: JsonObject;
  readonly error?: ExpectedError;
}

/** Operations that a step can name. */
export const operations = [
  'CreateUserPool',
  'UpdateUserPool',
  'DeleteUserPool',
  'TagResource',
  'UntagResource',
  'ListUsers',
  'AdminGetUser',
  'AdminGetUserAuthFactors',
  'AdminSetUserMFAPreference',
  'LookupEvents',
] as const;
export type Operation = (typeof operations)[number];

/** One call. `set` is the input of a Set; `UserPoolId` is filled in unless the step says its own. */
export interface Step extends Expectation {
  readonly set?: JsonObject;
  /** What Get answers, exactly. */
  readonly get?: JsonObject;
  /** What DescribeUserPool answers, among other members. */
  readonly describe?: JsonObject;
  /** Any other operation, with `input`; a pool that it makes is the one that the following steps speak of. */
  readonly call?: Operation;
  readonly input?: JsonObject;
  /** What follows under each answer to the case's question. */
  readonly answers?: Readonly<Record<string, Expectation>>;
}

export interface Given {
  readonly mfaConfig?: JsonObject;
  /** Members of DescribeUserPool's answer; `null`: the pool has none. */
  readonly userPool?: JsonObject;
  readonly region?: string;
  readonly replica?: boolean;
  /** Groups of users, as a fleet file of the sandbox says them. */
  readonly users?: readonly UserGroup[];
}

export interface Case {
  readonly id: string;
  readonly rules: readonly string[];
  readonly source: string;
  readonly given?: Given;
  /** The switch whose answer the case finds out. */
  readonly question?: string;
  /** Why no endpoint but the sandbox can be brought there. */
  readonly sandboxOnly?: string;
  readonly steps: readonly Step[];
}

const text = { type: 'string', minLength: 1 };
const object = { type: 'object' };
const expectation = {
  state: object,
  answer: object,
  error: { type: 'object', additionalProperties: false, required: ['name'], properties: { name: text, message: text } },
};

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['cases'],
  properties: {
    shared: object,
    cases: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'rules', 'source', 'steps'],
        properties: {
          id: { type: 'string', pattern: '^[a-z0-9-]+$' },
          rules: { type: 'array', minItems: 1, items: text },
          source: text,
          question: text,
          sandboxOnly: text,
          given: {
            type: 'object',
            additionalProperties: false,
            properties: {
              mfaConfig: object,
              userPool: object,
              region: text,
              replica: { type: 'boolean' },
              users: { type: 'array', minItems: 1, items: userGroup },
            },
          },
          steps: {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              additionalProperties: false,
              properties: {
                ...expectation,
                set: object,
                get: object,
                describe: object,
                call: { enum: operations },
                input: object,
                answers: {
                  type: 'object',
                  additionalProperties: {
                    type: 'object',
                    additionalProperties: false,
                    minProperties: 1,
                    properties: expectation,
                  },
                },
              },
              oneOf: [{ required: ['set'] }, { required: ['get'] }, { required: ['describe'] }, { required: ['call'] }],
              dependentRequired: { input: ['call'], answer: ['call'] },
            },
          },
        },
      },
    },
  },
};

/** Every case, by file and in the order of each file. Throws where a file is not what the schema says. */
export function readCases(folder: string): readonly Case[] {
  const validate = new Ajv2020({ allErrors: true, strict: true, strictRequired: false }).compile<{ cases: Case[] }>(
    schema,
  );
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return files.sort().flatMap((file) => {
    const content: unknown = parse(readFileSync(join(folder, file), 'utf8'), { merge: true, maxAliasCount: -1 });
    if (validate(content)) return content.cases;
    throw new Error(
      `${file}: ${(validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`).join('; ')}`,
    );
  });
}
