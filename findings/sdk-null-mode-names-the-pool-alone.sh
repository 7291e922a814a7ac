#!/usr/bin/env bash
# SetUserPoolMfaConfig with a mode that is null, as a script has it whose configuration lacks the key, is sent by the AWS SDK
# for JavaScript as a call that names the pool and nothing else: no error, and no null on the wire. The members of the
# request that are null go as well, so that a reader of CloudTrail sees the id alone. Cognito takes an absent mode for OFF.
# Seen 2026-11 with @aws-sdk/client-cognito-identity-provider 3.1169.0. Exits with 1 when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit --ignore-scripts @aws-sdk/client-cognito-identity-provider@3.1169.0
cat >send.mjs <<'JS'
import { CognitoIdentityProviderClient, SetUserPoolMfaConfigCommand } from '@aws-sdk/client-cognito-identity-provider';
const handle = async ({ body }) => {
  console.log(typeof body === 'string' ? body : Buffer.from(body).toString('utf8'));
  return { response: { statusCode: 200, headers: {}, body: new Uint8Array() } };
};
const client = new CognitoIdentityProviderClient({
  region: 'eu-west-1',
  credentials: { accessKeyId: 'example', secretAccessKey: 'example' },
  requestHandler: { handle },
});
const UserPoolId = 'eu-west-1_Ab12Cd34E';
for (const mode of [null, undefined, '']) {
  const input = { UserPoolId, MfaConfiguration: mode, SoftwareTokenMfaConfiguration: null };
  await client.send(new SetUserPoolMfaConfigCommand(input)).catch(() => undefined);
}
JS
AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true node send.mjs 2>/dev/null | tee seen.txt
diff seen.txt - <<'TXT'
{"UserPoolId":"eu-west-1_Ab12Cd34E"}
{"UserPoolId":"eu-west-1_Ab12Cd34E"}
{"UserPoolId":"eu-west-1_Ab12Cd34E","MfaConfiguration":""}
TXT
