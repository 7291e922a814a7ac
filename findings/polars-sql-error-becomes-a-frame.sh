#!/usr/bin/env bash
# Polars for Node loses what was wrong with a query: `SQLContext.execute` gives the error back inside a LazyFrame instead of throwing it, so
# that whatever is done with the frame ends in "_ldf.collectSync is not a function". The error itself says all: "unsupported function
# 'max_by'". Seen 2026-11 with nodejs-polars 0.25.2 (and 0.26.1) on Node 20.20. Exits with 1 when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# The binary's package asks for Node 22 and runs on 20; named, it is installed there too.
npm install --silent --no-fund --no-audit nodejs-polars@0.25.2 nodejs-polars-linux-x64-gnu@0.25.2 2>npm.log || { cat npm.log && exit 1; }
cat >ask.cjs <<'JS'
const polars = require('nodejs-polars');
const context = polars.SQLContext({ nights: polars.DataFrame({ run: ['a', 'b'], began: [1, 2] }) });
const frame = context.execute('SELECT max_by(run, began) FROM nights');
try {
  frame.collectSync();
} catch (error) {
  console.log(`${error.name}: ${error.message}`);
}
console.log(`${frame._ldf}`);
JS
seen=$(node ask.cjs)
echo "$seen"
[ "$seen" = "TypeError: _ldf.collectSync is not a function
Error: unsupported function 'max_by'" ]
