#!/usr/bin/env bash
# `npx --no COMMAND --flag` hands the flag to npm: npx takes COMMAND for the value of --no, and so finds no command before which
# npm's own flags would end. `npx --no prettier --version` prints npm's version, and exits with 0; `--check` would be npm's as well. The
# older `--no-install`, and `npx --no -- COMMAND`, do what one thinks. Seen 2026-11 with npm 11.19.1 and prettier 3.10.1. Exits
# with 1 when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit --ignore-scripts npm@11.19.1 prettier@3.10.1
npx=node_modules/npm/bin/npx-cli.js
{
  echo "npx --no prettier --version: $(node "$npx" --no prettier --version)"
  echo "npx --no-install prettier --version: $(node "$npx" --no-install prettier --version)"
  echo "npx --no -- prettier --version: $(node "$npx" --no -- prettier --version)"
} | tee seen.txt
diff seen.txt - <<'TXT'
npx --no prettier --version: 11.19.1
npx --no-install prettier --version: 3.10.1
npx --no -- prettier --version: 3.10.1
TXT
