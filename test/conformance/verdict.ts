/** What a played case means, given the deviations that are known of an endpoint. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import type { Case } from './case.ts';
import type { Played } from './playing.ts';

/** By case id: why the endpoint behaves otherwise there. */
export type Deviations = ReadonlyMap<string, string>;

export const unexpectedVerdicts = ['DIFFERS', 'NO LONGER DEVIATES', 'LISTED BUT NOT PLAYED'] as const;
export type VerdictWord = 'holds' | 'answers' | 'deviates' | 'not played' | (typeof unexpectedVerdicts)[number];

export interface Verdict {
  readonly id: string;
  readonly word: VerdictWord;
  readonly detail: string;
}

export function judge({ id, rules }: Case, played: Played, deviations: Deviations): Verdict {
  const listed = deviations.get(id);
  switch (played.kind) {
    case 'holds':
      return listed === undefined
        ? { id, word: 'holds', detail: '' }
        : { id, word: 'NO LONGER DEVIATES', detail: listed };
    case 'answered':
      return listed === undefined
        ? { id, word: 'answers', detail: `${played.question}: ${played.answers.join(' or ')} (${played.seen})` }
        : { id, word: 'NO LONGER DEVIATES', detail: listed };
    case 'differs':
      return listed === undefined
        ? { id, word: 'DIFFERS', detail: `${played.how} (${rules.join(', ')})` }
        : { id, word: 'deviates', detail: listed };
    case 'not-played':
      return { id, word: listed === undefined ? 'not played' : 'LISTED BUT NOT PLAYED', detail: played.why };
  }
}

export function isUnexpected({ word }: Verdict): boolean {
  return (unexpectedVerdicts as readonly VerdictWord[]).includes(word);
}

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['deviations'],
  properties: {
    deviations: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['because', 'cases'],
        properties: {
          because: { type: 'string', minLength: 1 },
          cases: { type: 'array', minItems: 1, items: { type: 'string' } },
        },
      },
    },
  },
};

/** Throws where the file is not of that form, or names a case that there is not. */
export function readDeviations(file: string, cases: readonly Case[]): Deviations {
  const validate = new Ajv2020().compile<{ deviations: { because: string; cases: string[] }[] }>(schema);
  const content: unknown = parse(readFileSync(file, 'utf8'));
  if (!validate(content)) throw new Error(`${file}: ${new Ajv2020().errorsText(validate.errors)}`);
  const listed = content.deviations.flatMap(({ because, cases: ids }) =>
    ids.map((id): [string, string] => [id, because]),
  );
  const unknown = listed.map(([id]) => id).filter((id) => !cases.some((each) => each.id === id));
  if (unknown.length > 0) throw new Error(`${file}: no such case: ${unknown.join(', ')}`);
  return new Map(listed);
}
