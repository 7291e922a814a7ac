#!/usr/bin/env bash
# cognito-local, an emulator that tests of sign-in run against, merges SetUserPoolMfaConfig into what the pool has, where
# Cognito replaces all of it and checks the whole: a mode alone keeps the authenticator app, ON stays without any factor, and
# a call that names the pool alone changes nothing, where Cognito refuses the first two and turns MFA off for the last. A
# test of a script that sets MFA passes there and proves the opposite. Seen 2026-11 with cognito-local 5.3.0.
# Exits with 1 when that changes.
set -euo pipefail
folder=$(mktemp -d)
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit --ignore-scripts cognito-local@5.3.0 @aws-sdk/client-cognito-identity-provider@3.1169.0
export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true
port=$(node -e 'const s = require("net").createServer().listen(0, () => { console.log(s.address().port); s.close(); })')
HOST=127.0.0.1 PORT=$port node_modules/.bin/cognito-local >server.log 2>&1 &
server=$!
trap 'kill $server; rm -rf "$folder"' EXIT
for _ in $(seq 100); do grep -q running server.log && break; sleep 0.2; done
cat >set.mjs <<'JS'
import {
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  SetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider';
const client = new CognitoIdentityProviderClient({
  region: 'eu-west-1',
  endpoint: `http://127.0.0.1:${process.argv[2]}`,
  credentials: { accessKeyId: 'example', secretAccessKey: 'example' },
});
const { UserPool } = await client.send(new CreateUserPoolCommand({ PoolName: 'customers' }));
const UserPoolId = UserPool.Id;
async function set(what, members) {
  await client.send(new SetUserPoolMfaConfigCommand({ UserPoolId, ...members }));
  const now = await client.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
  console.log(`${what}: ${now.MfaConfiguration}, authenticator app ${now.SoftwareTokenMfaConfiguration.Enabled}`);
}
await set('ON with an authenticator app', { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } });
await set('then OPTIONAL alone', { MfaConfiguration: 'OPTIONAL' });
await set('then ON without a factor', { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: false } });
await set('then the id alone', {});
JS
node set.mjs "$port" 2>/dev/null | tee seen.txt
diff seen.txt - <<'TXT'
ON with an authenticator app: ON, authenticator app true
then OPTIONAL alone: OPTIONAL, authenticator app true
then ON without a factor: ON, authenticator app false
then the id alone: ON, authenticator app false
TXT
