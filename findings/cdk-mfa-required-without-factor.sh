#!/usr/bin/env bash
# A Cognito user pool that demands MFA and has no factor, which Cognito refuses at the deployment, is synthesised by the CDK
# without a word, and cdk-nag's rule for MFA (AwsSolutions-COG2) passes it; the rule passes SMS as the only factor as well,
# and complains of a pool where users may set up an authenticator app. Seen 2026-11 with aws-cdk-lib 2.276.0 and cdk-nag
# 2.38.2 (cdk-nag 3.0.2 is another kind of plugin). Exits with 1 when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit --ignore-scripts aws-cdk-lib@2.276.0 constructs@10.8.1 cdk-nag@2.38.2
cat >synth.mjs <<'JS'
import { App, Aspects, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Mfa, UserPool } from 'aws-cdk-lib/aws-cognito';
import { AwsSolutionsChecks } from 'cdk-nag';
const app = new App();
const stack = new Stack(app, 'Pools');
new UserPool(stack, 'Nothing', { mfa: Mfa.REQUIRED, mfaSecondFactor: { sms: false, otp: false } });
new UserPool(stack, 'SmsAlone', { mfa: Mfa.REQUIRED, mfaSecondFactor: { sms: true, otp: false } });
new UserPool(stack, 'AppOptional', { mfa: Mfa.OPTIONAL, mfaSecondFactor: { sms: false, otp: true } });
Aspects.of(app).add(new AwsSolutionsChecks());
const { messages } = app.synth().getStackByName('Pools');
const flagged = messages.filter(({ entry }) => String(entry.data).includes('AwsSolutions-COG2'));
for (const [id, { Properties }] of Object.entries(Template.fromStack(stack).findResources('AWS::Cognito::UserPool'))) {
  const name = id.slice(0, -8);
  const verdict = flagged.some((message) => message.id.includes(`/${name}/`)) ? 'COG2 complains' : 'COG2 passes';
  console.log(name, Properties.MfaConfiguration, JSON.stringify(Properties.EnabledMfas), verdict);
}
JS
node synth.mjs | tee seen.txt
diff seen.txt - <<'TXT'
Nothing ON [] COG2 passes
SmsAlone ON ["SMS_MFA"] COG2 passes
AppOptional OPTIONAL ["SOFTWARE_TOKEN_MFA"] COG2 complains
TXT
