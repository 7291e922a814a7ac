#!/usr/bin/env bash
# DuckDB's read_csv takes the type of a column from its first 20,480 rows or so. Where no account id among them begins with 0 the
# column is a number, and the ids that do, further down, lose their zero without an error, quoted or not, although the file
# can't be written back as it was. With the same id in the first row the column is text. Seen 2026-11 with
# @duckdb/node-api 1.5.6-r.1. Exits with 1 when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit --ignore-scripts @duckdb/node-api@1.5.6-r.1
cat >read.mjs <<'JS'
import { DuckDBInstance } from '@duckdb/node-api';
import { writeFileSync } from 'node:fs';
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const many = Array.from({ length: 30_000 }, (_, index) => `"${111_122_223_333 + index}"`);
async function read(name, ids) {
  writeFileSync(`${name}.csv`, ['account_id', ...ids, ''].join('\n'));
  const reader = await connection.runAndReadAll(
    `SELECT account_id, typeof(account_id) FROM read_csv('${name}.csv') WHERE account_id::VARCHAR LIKE '%12345678901'`,
  );
  console.log(`${name}: ${reader.getRowsJson()}`);
}
await read('last', [...many, '"012345678901"']);
await read('first', ['"012345678901"', ...many]);
JS
node read.mjs | tee seen.txt
diff seen.txt - <<'TXT'
last: 12345678901,BIGINT
first: 012345678901,VARCHAR
TXT
