#!/usr/bin/env bash
# Vitest's toThrow with a message, or with a pattern of it, holds where what was thrown is undefined or null: a function that makes the
# error and has forgotten to return it passes every test of its sentence. With a class instead, and where a text is
# thrown, it fails as one would expect. Seen 2026-11 with vitest 4.1.12 (open as vitest-dev/vitest#7260 since 2.1):
#   toThrow('a sentence') of undefined   passes        rejects.toThrow(/a sentence/) of undefined   passes
#   toThrow('a sentence') of null        passes        toThrow('a sentence') of a text              fails
#   toThrow(Error) of undefined          fails
# Exits with 1 when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit --ignore-scripts vitest@4.1.12
cat >thrown.test.mjs <<'JS'
import { expect, test } from 'vitest';
const throwing = (value) => () => {
  throw value;
};
test('message, undefined', () => expect(throwing(undefined)).toThrow('a sentence'));
test('pattern, rejected with undefined', () => expect(Promise.reject(undefined)).rejects.toThrow(/a sentence/));
test('class, undefined', () => expect(throwing(undefined)).toThrow(Error));
test('message, null', () => expect(throwing(null)).toThrow('a sentence'));
test('message, a text', () => expect(throwing('another')).toThrow('a sentence'));
JS
npx vitest run --reporter=json --outputFile=seen.json >/dev/null 2>&1 || true
node -e '
const { testResults } = JSON.parse(require("node:fs").readFileSync("seen.json", "utf8"));
for (const { title, status } of testResults[0].assertionResults) console.log(`${title}: ${status}`);
' | tee seen.txt
diff seen.txt - <<'TXT'
message, undefined: passed
pattern, rejected with undefined: passed
class, undefined: failed
message, null: passed
message, a text: failed
TXT
