#!/usr/bin/env bash
# On Node 20, once the code is warm, objects that are made by one and the same literal share no hidden class where the literal
# begins with a spread of a larger object and adds members: each object gets a class of its own, which costs time and memory
# for every one, and the same members in the other order share. Node 22 shares in both orders. Seen 2026-11 with Node 20.19.5 and 22.20.0 of
# npm's packages node-PLATFORM. Exits with 1 when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
machine=$(node -p 'process.platform + "-" + process.arch')
npm install --silent --no-fund --no-audit --ignore-scripts "node20@npm:node-$machine@20.19.5" "node22@npm:node-$machine@22.20.0"
cat >classes.cjs <<'JS'
const facts = () => ({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9, j: 10, k: 11, l: 12, m: 13, n: 14 });
const spreadFirst = () => ({ ...facts(), o: 15, p: 16, q: 17, r: 18, s: 19, t: 20, u: 21 });
const membersFirst = () => ({ o: 15, p: 16, q: 17, r: 18, s: 19, t: 20, u: 21, ...facts() });
for (let i = 0; i < 2000; i += 1) [spreadFirst(), membersFirst()];
const line = [process.version.split('.')[0], %HaveSameMap(spreadFirst(), spreadFirst()), %HaveSameMap(membersFirst(), membersFirst())];
console.log(line.join(' '));
JS
for node in node20 node22; do "node_modules/$node/bin/node" --allow-natives-syntax classes.cjs; done | tee seen.txt
diff seen.txt - <<'TXT'
v20 false true
v22 true true
TXT
