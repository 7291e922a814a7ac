import { Ajv2020 } from 'ajv/dist/2020.js';
import { format } from 'prettier';
import { describe, expect, test } from 'vitest';
import { json } from '../../../src/report/formats/json.ts';
import { ndjson } from '../../../src/report/formats/ndjson.ts';
import { ajv, schemas } from '../../../src/result/saved/record-checks.ts';
import { resultSchema } from '../../../src/result/saved/schema.ts';
import { aGap, anAccount, anEarlier, aPool, aResolved, aResult, aSkip, aUnit, textOf } from '../../report/a-result.ts';
import { everything } from '../../report/everything.ts';

function validator(schema: object) {
  return new Ajv2020({ allowUnionTypes: true }).addSchema(resultSchema).compile(schema);
}

describe('the published schema', () => {
  test('is the one that results are checked with', async () => {
    const text = await format(JSON.stringify(resultSchema), { parser: 'json', printWidth: 120 });
    await expect(text).toMatchFileSnapshot('../../../policies/schemas/result.schema.json');
  });

  test.each([
    ['an empty organization', aResult()],
    ['everything', everything()],
  ])('holds for the json document of %s', async (_name, result) => {
    const validate = validator(resultSchema);
    validate(JSON.parse(await textOf(json(result))));
    expect(validate.errors).toBeNull();
  });

  test('holds for every line of the ndjson form', async () => {
    const validate = validator({ $ref: `${resultSchema.$id}#/$defs/line` });
    const lines = (await textOf(ndjson(everything()))).trimEnd().split('\n');
    const refused = lines.filter((line) => !validate(JSON.parse(line)));
    expect(refused).toEqual([]);
    expect(lines.length).toBeGreaterThan(20);
  });

  test.each([
    ['a pool without a status', (pool: Record<string, unknown>) => delete pool['status']],
    ['a status that does not exist', (pool: Record<string, unknown>) => (pool['status'] = 'fine')],
    ['a member that nobody knows', (pool: Record<string, unknown>) => (pool['colour'] = 'blue')],
  ])('refuses %s', async (_name, spoil) => {
    const document = JSON.parse(await textOf(json(aResult({ pools: [aPool()] }))));
    spoil(document.pools[0]);
    expect(validator(resultSchema)(document)).toBe(false);
  });
});

describe('a record', () => {
  const kinds = {
    head: aResult().head,
    warning: { code: 'conflict', message: 'two policies', file: null, line: null },
    account: anAccount(),
    unit: aUnit(),
    gap: aGap(),
    skip: aSkip(),
    resolved: aResolved(),
    unseen: anEarlier(),
    pool: aPool(),
  } as const;

  const names = Object.keys(kinds) as (keyof typeof kinds)[];

  test.each(names)('of the kind %s is what its definition says and no other, with no member beside', (kind) => {
    const { warnings: _, ...value } = { warnings: [], ...kinds[kind] };
    const isOf = (name: typeof kind, given: unknown) => ajv.getSchema(schemas[name])?.(given);
    expect(names.filter((name) => isOf(name, value) === true)).toEqual([kind]);
    expect(isOf(kind, { ...value, colour: 'blue' })).toBe(false);
    expect(isOf(kind, [value])).toBe(false);
  });
});

test('the document has the members of the contract in its order', async () => {
  const document: object = JSON.parse(await textOf(json(everything())));
  expect(Object.keys(document)).toEqual([
    'schemaVersion',
    'tool',
    'run',
    'complete',
    'redacted',
    'accounts',
    'units',
    'gaps',
    'skipped',
    'summary',
    'warnings',
    'resolved',
    'unseen',
    'pools',
  ]);
});
