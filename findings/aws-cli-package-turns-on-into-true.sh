#!/usr/bin/env bash
# `aws cloudformation package` writes a template anew, by YAML 1.1: MfaConfiguration: ON without quotes comes out as true, and OFF as
# false, which are no modes of a Cognito user pool, in the file that is deployed and that a check before the deployment
# reads. Nothing else of the template is touched, no word is said, and it exits with 0; in quotes both stay. Seen 2026-11 with Debian 12's
# awscli 2.9.19-1; 1.45.11 (PyPI), asked by hand, does the same. Nothing is sent: a template without local files needs no bucket.
# Exits with 1 when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
needs=$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances awscli |
  grep -E '^python3-' | sort -u)
# Of a virtual package there is nothing to download, and the others come all the same.
apt-get download -q awscli=2.9.19-1 >/dev/null 2>&1
for package in $needs; do apt-get download -q "$package" >/dev/null 2>&1 || true; done
for file in *.deb; do dpkg -x "$file" root; done

cat >template.yaml <<'YAML'
Resources:
  Staff:
    Type: AWS::Cognito::UserPool
    Properties:
      MfaConfiguration: ON
      EnabledMfas: [SOFTWARE_TOKEN_MFA]
  Guests:
    Type: AWS::Cognito::UserPool
    Properties:
      MfaConfiguration: OFF
  Quoted:
    Type: AWS::Cognito::UserPool
    Properties:
      MfaConfiguration: 'ON'
      EnabledMfas: [SOFTWARE_TOKEN_MFA]
YAML
export HOME=$folder AWS_ACCESS_KEY_ID=example AWS_SECRET_ACCESS_KEY=example AWS_DEFAULT_REGION=eu-west-1 AWS_EC2_METADATA_DISABLED=true
aws() { PYTHONPATH=root/usr/lib/python3/dist-packages /usr/bin/python3 root/usr/bin/aws "$@"; }
aws --version
aws cloudformation package --template-file template.yaml --s3-bucket example --output-template-file packaged.yaml >/dev/null
seen=$(grep MfaConfiguration packaged.yaml | tr -s ' ')
echo "$seen"
[ "$seen" = " MfaConfiguration: true
 MfaConfiguration: false
 MfaConfiguration: 'ON'" ]
