#!/usr/bin/env bash
# JMESPath libraries of npm that are used for the AWS CLI's --query answer three everyday queries of it otherwise, without an
# error. The specification lets min_by and max_by take text as a key, and makes an ordering of null null. Seen 2026-11:
#   the AWS CLI's own (Python, jmespath 1.1.0)   the oldest image       [snap-2]               ["Staff","customers"]
#   jmespath 0.16.0                              null                   [snap-1, snap-2]       ["Staff","customers"]
#   @metrichor/jmespath 0.3.1                    null                   [snap-1, snap-2]       ["Staff","customers"]
#   @jmespath-community/jmespath 1.3.0           null                   [snap-2]               ["Staff","customers"]
#   @aws-lambda-powertools/jmespath 2.36.0       the oldest image       [snap-2]               ["customers","Staff"] (by locale)
# Exits with 1 when one of them answers otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit --ignore-scripts jmespath@0.16.0 @metrichor/jmespath@0.3.1 \
  @jmespath-community/jmespath@1.3.0 @aws-lambda-powertools/jmespath@2.36.0
cat >ask.mjs <<'JS'
import old from 'jmespath';
import * as metrichor from '@metrichor/jmespath';
import * as community from '@jmespath-community/jmespath';
import * as powertools from '@aws-lambda-powertools/jmespath';
const document = {
  images: [{ id: 'new', date: '2026-02-01' }, { id: 'old', date: '2026-01-01' }],
  snapshots: [{ id: 'snap-1', size: null }, { id: 'snap-2', size: 5 }],
  names: ['customers', 'Staff'],
};
const queries = ['min_by(images, &date).id', 'snapshots[?size < `10`].id', 'sort(names)'];
const libraries = {
  'jmespath 0.16.0': (query) => old.search(document, query),
  '@metrichor/jmespath 0.3.1': (query) => metrichor.search(document, query),
  '@jmespath-community/jmespath 1.3.0': (query) => community.search(document, query),
  '@aws-lambda-powertools/jmespath 2.36.0': (query) => powertools.search(query, document),
};
for (const [name, search] of Object.entries(libraries))
  console.log([name, ...queries.map((query) => JSON.stringify(search(query) ?? null))].join('  '));
JS
node ask.mjs | tee seen.txt
diff seen.txt - <<'TXT'
jmespath 0.16.0  null  ["snap-1","snap-2"]  ["Staff","customers"]
@metrichor/jmespath 0.3.1  null  ["snap-1","snap-2"]  ["Staff","customers"]
@jmespath-community/jmespath 1.3.0  null  ["snap-2"]  ["Staff","customers"]
@aws-lambda-powertools/jmespath 2.36.0  "old"  ["snap-2"]  ["customers","Staff"]
TXT
