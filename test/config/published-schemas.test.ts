import { Ajv2020 } from 'ajv/dist/2020.js';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { publishedSchemas } from '../../src/config/schemas/published.ts';

const schemas = Object.entries(publishedSchemas());

/** Every schema in a schema, by keyword position; descriptions are asked of those that stand under `properties`. */
function* propertiesOf(schema: unknown, path = ''): Generator<[string, Record<string, unknown>]> {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'examples' || key === 'default') continue;
    if (key === 'properties') {
      for (const [name, property] of Object.entries(value as object)) {
        yield [`${path}/${name}`, property as Record<string, unknown>];
        yield* propertiesOf(property, `${path}/${name}`);
      }
    } else yield* propertiesOf(value, `${path}/${key}`);
  }
}

describe.each(schemas)('the published %s', (file, schema) => {
  it('is the one that files are checked with', async () => {
    const text = await format(JSON.stringify(schema), { parser: 'json', printWidth: 120 });
    await expect(text).toMatchFileSnapshot(`../../policies/schemas/${file}`);
  });

  it('is a schema of draft 2020-12', () => {
    const ajv = new Ajv2020({ strict: false });
    expect(ajv.validateSchema(schema), JSON.stringify(ajv.errors)).toBe(true);
  });

  it('gives examples and defaults that it accepts itself', () => {
    const ajv = new Ajv2020({ strict: false });
    const root = ajv.addSchema(schema, 'root');
    const refused: string[] = [];
    for (const [path, property] of propertiesOf(schema)) {
      const examples = Array.isArray(property['examples']) ? property['examples'] : [];
      const withoutRef = JSON.parse(JSON.stringify(property).replaceAll('"#/$defs', '"root#/$defs')) as object;
      const defaults = 'default' in property ? [property['default']] : [];
      for (const example of [...examples, ...defaults]) {
        if (!root.validate(withoutRef, example)) refused.push(`${path}: ${JSON.stringify(example)}`);
      }
    }
    expect(refused).toEqual([]);
  });
});
