"""Builds an organization in moto_server with boto3 and prints what is true of it, as JSON.

Usage: moto-organization.py URL ACCOUNTS [AUDIT_POLICY RUNNER_POLICY [REMEDIATION_POLICY]]
ACCOUNTS is how many members there are, the last of them closed. With the policies (JSON), the members get a role
MfaDriftAudit that may do just the first and a role MfaDriftRemediate that may do just the last, and the runner a user that
may do just the second.
"""

import json
import sys

import boto3


def client(service, region="us-east-1", **credentials):
    credentials = credentials or {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    return boto3.client(service, region_name=region, endpoint_url=URL, **credentials)


def credentials_in(account):
    arn = f"arn:aws:iam::{account}:role/Builder"
    session = client("sts").assume_role(RoleArn=arn, RoleSessionName="builder")["Credentials"]
    return {
        "aws_access_key_id": session["AccessKeyId"],
        "aws_secret_access_key": session["SecretAccessKey"],
        "aws_session_token": session["SessionToken"],
    }


def set_pool(account, credentials, region, name, mode):
    cognito = client("cognito-idp", region, **credentials)
    pool = cognito.create_user_pool(PoolName=name, UserPoolTags={"audience": "customer"})["UserPool"]["Id"]
    factors = {} if mode == "OFF" else {"SoftwareTokenMfaConfiguration": {"Enabled": True}}
    cognito.set_user_pool_mfa_config(UserPoolId=pool, MfaConfiguration=mode, **factors)
    return {"account": account, "region": region, "pool": pool, "mode": mode}


def add_role(credentials, name, policy):
    iam = client("iam", **credentials)
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}]}
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))
    iam.put_role_policy(RoleName=name, PolicyName="documented", PolicyDocument=policy)


def add_runner(policy):
    iam = client("iam")
    iam.create_user(UserName="runner")
    iam.put_user_policy(UserName="runner", PolicyName="runner", PolicyDocument=policy)
    return iam.create_access_key(UserName="runner")["AccessKey"]


def build(accounts, audit_policy=None, runner_policy=None, remediation_policy=None):
    organizations = client("organizations")
    management = organizations.create_organization(FeatureSet="ALL")["Organization"]["MasterAccountId"]
    root = organizations.list_roots()["Roots"][0]["Id"]
    unit = organizations.create_organizational_unit(ParentId=root, Name="Workloads")["OrganizationalUnit"]["Id"]
    members = []
    for index in range(accounts):
        status = organizations.create_account(AccountName=f"member-{index}", Email=f"member-{index}@example.com")
        members.append(status["CreateAccountStatus"]["AccountId"])
    organizations.move_account(AccountId=members[0], SourceParentId=root, DestinationParentId=unit)
    pools = []
    for index, account in enumerate(members[:3]):
        credentials = credentials_in(account)
        for region in ("us-east-1", "eu-west-1"):
            for mode in ("OFF", "OPTIONAL", "ON")[: index + 1]:
                pools.append(set_pool(account, credentials, region, f"pool-{mode.lower()}", mode))
        if audit_policy:
            add_role(credentials, "MfaDriftAudit", audit_policy)
        if remediation_policy:
            add_role(credentials, "MfaDriftRemediate", remediation_policy)
    organizations.close_account(AccountId=members[-1])
    runner = add_runner(runner_policy) if runner_policy else {"AccessKeyId": "test", "SecretAccessKey": "test"}
    return {
        "management": management,
        "members": members,
        "inWorkloads": members[0],
        "closed": members[-1],
        "pools": pools,
        "runner": {"AWS_ACCESS_KEY_ID": runner["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": runner["SecretAccessKey"]},
    }


URL = sys.argv[1]
print(json.dumps(build(int(sys.argv[2]), *sys.argv[3:])))
