/** docs/result.md: what a result holds, written from its schema, and examples that give what the page says. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/model/json.ts';
import { resultSchema } from '../../../src/result/saved/schema.ts';
import { run } from '../../end-to-end/in-process.ts';
import { markdownTable } from '../../markdown-table.ts';
import { program, without } from '../../programs.ts';

const file = 'docs/result.md';
const page = await readFile(file, 'utf8');

function objectIn(value: JsonValue | undefined): JsonObject {
  return value !== undefined && isJsonObject(value) ? value : {};
}

function listIn(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

/** Of what kind a member is, in words. */
function kindOf(schema: JsonObject): string {
  const { type, $ref: reference, const: constant, enum: values, anyOf, items, additionalProperties } = schema;
  if (typeof reference === 'string') return link(reference.replace('#/$defs/', ''));
  if (constant !== undefined) return `\`${JSON.stringify(constant)}\``;
  if (values !== undefined)
    return listIn(values)
      .map((value) => `\`${wordOf(value)}\``)
      .join(', ');
  if (anyOf !== undefined)
    return listIn(anyOf)
      .map((one) => kindOf(objectIn(one)))
      .join(' or ');
  const kinds = (Array.isArray(type) ? type : [type]).map((one) => {
    if (one === 'array') return `list of ${kindOf(objectIn(items))}`;
    if (one === 'object' && isObject(additionalProperties)) return `map to ${kindOf(additionalProperties)}`;
    if (one === 'string' && schema['pattern'] !== undefined) return 'time, ISO 8601, UTC';
    return plainWords[String(one)] ?? 'any value';
  });
  return kinds.join(' or ');
}

function wordOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const plainWords: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  object: 'object',
  null: 'null',
};

function isObject(value: JsonValue | undefined): value is JsonObject {
  return value !== undefined && isJsonObject(value);
}

function link(name: string): string {
  return `[${name}](#${name})`;
}

/** A row for each member, and for those of the objects in it. */
function rowsOf(schema: JsonObject, above = ''): readonly (readonly string[])[] {
  const required = listIn(schema['required']);
  return Object.entries(objectIn(schema['properties'])).flatMap(([name, value]) => {
    const member = objectIn(value);
    const inner = isObject(member['items']) ? member['items'] : member;
    const mayLack = required.includes(name) ? '' : 'May be absent. ';
    const says = typeof member['description'] === 'string' ? member['description'] : '';
    return [
      [`\`${above}${name}\``, kindOf(member), `${mayLack}${says}`.trim() || '–'],
      ...rowsOf(inner, `${above}${name}.`),
    ];
  });
}

const head = ['member', 'kind', 'what it says'];
const definitions = objectIn(resultSchema['$defs']);
const records = Object.entries(definitions).filter(([name]) => name !== 'line' && name !== 'head');
const members = [
  markdownTable(head, rowsOf({ ...resultSchema, $defs: {} })),
  ...records.map(([name, schema]) => `### ${name}\n\n${markdownTable(head, rowsOf(objectIn(schema)))}`),
  '### ndjson\n\nThe first line is the head: the members above that are no lists, with `"record": "head"`. Each line after it is a member of one of the\nlists, with `"record"` and what it is: ' +
    `${listIn(objectIn(definitions['line'])['oneOf'])
      .flatMap((one) => {
        const { const: name } = objectIn(objectIn(objectIn(one)['properties'])['record']);
        return name === 'head' ? [] : [`\`${wordOf(name)}\``];
      })
      .join(', ')}.`,
].join('\n\n');

const marks = ['<!-- members: written from the schema -->', '<!-- end of members -->'] as const;

/** `npx vitest run result-page --update` writes it anew. */
it('has every member of the schema', async () => {
  const [before = '', rest = ''] = page.split(marks[0]);
  const after = rest.split(marks[1])[1] ?? '';
  expect(rest).not.toBe('');
  await expect(`${before}${marks[0]}\n\n${members}\n\n${marks[1]}${after}`).toMatchFileSnapshot(`../../../${file}`);
});

describe('the examples, asked of the result of the demo', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mfa-drift-test-'));
    const reports = ['json', 'ndjson', 'csv'].flatMap((format) => [
      '--report',
      `${format}=${join(folder, `last.${format}`)}`,
    ]);
    await run(['demo', '--quiet', ...reports], {});
  });
  afterAll(() => rm(folder, { recursive: true }));

  const commands = [...page.matchAll(/^\$ (.+)\n((?:(?!\$ |```).*\n)*)/gm)].map(([, command = '', output = '']) => ({
    command,
    output,
  }));
  describe.each(['jq', 'sqlite3'] as const)('%s', (tool) => {
    const own = commands.filter(({ command }) => command.startsWith(tool));
    it.skipIf(program(tool) === null).each(own)(`$command${without(tool)}`, ({ command, output }) => {
      const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', command], { cwd: folder, encoding: 'utf8' });
      expect(stderr).toBe('');
      expect(stdout.replaceAll(/ +$/gm, '')).toBe(output);
    });
  });

  const queries = [...page.matchAll(/```sql\n([^`]+)```\n\n((?:\|.*\n)+)/g)].map(([, query = '', table = '']) => ({
    query,
    table,
  }));
  it.each(queries)('$query', async ({ query, table }) => {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const answer = await connection.runAndReadAll(query.replaceAll(/'last\./g, `'${join(folder, 'last.')}`));
    const rows = answer.getRowsJson().map((row) => row.map(String));
    expect(`${markdownTable(answer.columnNames(), rows)}\n`).toBe(table);
    connection.closeSync();
  });

  it('are some of each kind', () => {
    expect(commands.length).toBeGreaterThan(4);
    expect(queries.length).toBeGreaterThan(2);
  });
});
