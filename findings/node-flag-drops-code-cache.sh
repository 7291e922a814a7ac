#!/usr/bin/env bash
# `v8.setFlagsFromString` while a program runs, whatever the flag is about, makes Node refuse the code cache that it brings for its
# own modules: each of them that is first asked for later (node:http and node:crypto need 34) is compiled from its source, which took
# 12 ms of processor time for those two where 4 do. What was loaded before the call keeps its compiled code. Seen 2026-11 with Node
# 20.19.5 and 22.20.0 of npm's packages node-PLATFORM. Exits with 1 when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
machine=$(node -p 'process.platform + "-" + process.arch')
npm install --silent --no-fund --no-audit --ignore-scripts "node20@npm:node-$machine@20.19.5" "node22@npm:node-$machine@22.20.0"
cat >cache.cjs <<'JS'
const { setFlagsFromString } = require('node:v8');
const { internalBinding } = require('internal/test/binding');
const [when] = process.argv.slice(2);
if (when === 'before') setFlagsFromString('--heap-growing-percent=75');
require('node:http');
require('node:crypto');
if (when === 'after') setFlagsFromString('--heap-growing-percent=75');
const { compiledWithoutCache } = internalBinding('builtins').getCacheUsage();
const isRefused = [...compiledWithoutCache].includes('crypto');
console.log(process.version.split('.')[0], `a flag ${when}:`, isRefused ? 'compiled from source' : 'from the cache');
JS
for node in node20 node22; do
  for when in never before after; do "node_modules/$node/bin/node" --no-warnings --expose-internals cache.cjs "$when"; done
done | tee seen.txt
diff seen.txt - <<'TXT'
v20 a flag never: from the cache
v20 a flag before: compiled from source
v20 a flag after: from the cache
v22 a flag never: from the cache
v22 a flag before: compiled from source
v22 a flag after: from the cache
TXT
