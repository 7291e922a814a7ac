import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compileQuery } from '../../src/report/query.ts';

interface Row {
  readonly query: string;
  readonly answer?: unknown;
  /** The class of the error that Python raises. */
  readonly error?: string;
  /** Why the answer here is another one. */
  readonly differs?: string;
}

const tableFile = new URL('query-table.json', import.meta.url);
const table: { document: unknown; queries: Row[] } = JSON.parse(readFileSync(tableFile, 'utf8'));
const document = JSON.stringify(table.document);

const alike = table.queries.filter(({ differs }) => differs === undefined);
const answered = alike.filter(({ error }) => error === undefined);
const refused = alike.filter(({ error }) => error !== undefined);
const different = table.queries.filter(({ differs }) => differs !== undefined);

function answerTo(query: string): unknown {
  return JSON.parse(compileQuery(query)(document));
}

describe('a query is answered as the AWS CLI answers it', () => {
  test.each(answered)('$query', ({ query, answer }) => {
    expect(answerTo(query)).toEqual(answer);
  });

  test.each(refused)('$query is refused ($error)', ({ query }) => {
    expect(() => answerTo(query)).toThrow(/./);
  });

  test.each(different)('$query is known to differ: $differs', ({ query, answer }) => {
    expect(answerTo(query)).not.toEqual(answer);
  });
});

/** The AWS CLI's own library; the recorded answers are what it said. */
const script = `
import json, sys, jmespath
table = json.load(sys.stdin)
for row in table["queries"]:
    try:
        said = {"answer": jmespath.search(row["query"], table["document"])}
        json.dumps(said)
    except Exception as error: said = {"error": type(error).__name__}
    recorded = {key: row[key] for key in ("answer", "error") if key in row}
    if said != recorded: print(row["query"], said)
`;
import { without } from '../programs.ts';
const missing = without('jmespath of Python');

test.skipIf(missing !== '')(`the recorded answers are still those of the AWS CLI's jmespath${missing}`, () => {
  const { stdout, stderr } = spawnSync('python3', ['-c', script], { input: readFileSync(tableFile), encoding: 'utf8' });
  expect(`${stdout}${stderr}`).toBe('');
});

test('a list of lists is flattened in a time that grows with its length', () => {
  const pools = Array.from({ length: 50_000 }, (_, index) => ({ findings: [index] }));
  expect(JSON.parse(compileQuery('length(pools[].findings[])')(JSON.stringify({ pools })))).toBe(50_000);
});
