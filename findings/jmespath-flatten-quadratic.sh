#!/usr/bin/env bash
# @metrichor/jmespath 0.3.1 flattens a list of lists in a time that grows with its square, since it copies all that came
# before for each inner list: `pools[].findings[]` over 100,000 pools took 103 s here (2026-11), where jmespath 0.16.0
# took 0.3 s. Shown on 5,000 and 20,000 lists: four times the input takes it far more than four times as long.
# Exits with 1 when it no longer does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit --ignore-scripts @metrichor/jmespath@0.3.1 jmespath@0.16.0
cat >measure.mjs <<'JS'
import * as metrichor from '@metrichor/jmespath';
import old from 'jmespath';
const pools = (count) => ({ pools: Array.from({ length: count }, (_, index) => ({ findings: [index] })) });
function milliseconds(search, count) {
  const document = pools(count);
  const start = performance.now();
  if (search(document, 'pools[].findings[]').length !== count) throw new Error('another answer');
  return Math.max(1, performance.now() - start);
}
const growth = {};
for (const [name, { search }] of Object.entries({ '@metrichor/jmespath 0.3.1': metrichor, 'jmespath 0.16.0': old })) {
  milliseconds(search, 1000);
  const [small, large] = [milliseconds(search, 5_000), milliseconds(search, 20_000)];
  growth[name] = large / small;
  console.log(`${name}: ${small.toFixed(0)} ms for 5,000 lists, ${large.toFixed(0)} ms for 20,000`);
}
process.exitCode = growth['@metrichor/jmespath 0.3.1'] > 8 ? 0 : 1;
JS
node measure.mjs
