#!/usr/bin/env bash
# rolldown's `entriesAware` groups put modules together that the same entries need, and `entriesAwareMergeThreshold` merges those that
# are small. A group without `test` takes the entries' own modules too: with a threshold all of them end in one file, and whoever
# starts one program runs the others first. Without a threshold each runs alone. Where `test` leaves the entries out, only what the
# doc says of groups that are not aware is left: a program loads modules that nobody in it imports. No warning is printed. Seen
# 2026-11 with rolldown 1.2.19. Exits with 1 when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm pkg set type=module
npm install --silent --no-fund --no-audit rolldown@1.2.19
mkdir src
node -e '
const { writeFileSync } = require("node:fs");
const programs = { first: ["most", "every"], second: ["most", "every", "some"], third: ["every", "some"] };
for (const name of ["most", "every", "some"])
  writeFileSync(`src/${name}.js`, `export const ${name} = "${"x".repeat(name === "most" ? 6000 : 20)}";\n`);
for (const [name, used] of Object.entries(programs))
  writeFileSync(`src/${name}.js`, used.map((part) => `import { ${part} } from "./${part}.js";\n`).join("")
    + `console.log("${name}", ${used.map((part) => `${part}.length`).join(", ")});\n`);
'
cat >build.mjs <<'JS'
import { build } from 'rolldown';
const [folder, threshold, test] = process.argv.slice(2);
const group = { name: 'shared', entriesAware: true, entriesAwareMergeThreshold: Number(threshold) };
await build({
  input: { first: 'src/first.js', second: 'src/second.js', third: 'src/third.js' },
  logLevel: 'debug',
  onLog: (level, { code, message }) => { if (level === 'warn') console.log(code, message); },
  output: { dir: folder, codeSplitting: { groups: [test === undefined ? group : { ...group, test: new RegExp(test) }] } },
});
JS
{
  node build.mjs apart 0
  echo "no threshold: $(node apart/third.js | paste -sd '|')"
  node build.mjs merged 1000
  echo "a threshold of 1000: $(node merged/third.js | paste -sd '|')"
  node build.mjs tested 1000 'most|every|some'
  echo "that, and no entry in the group: $(node tested/third.js | paste -sd '|'), files that hold what only others import: $(
    for file in $(grep -o 'shared[^"]*js' tested/third.js | sort -u); do grep -l 'x\{6000\}' "tested/$file"; done | wc -l
  )"
} | tee seen.txt
diff seen.txt - <<'TXT'
no threshold: third 20 20
a threshold of 1000: first 6000 20|second 6000 20 20|third 20 20
that, and no entry in the group: third 20 20, files that hold what only others import: 1
TXT
