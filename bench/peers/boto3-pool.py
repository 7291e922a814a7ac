"""The script that most teams have: every account, every region, a thread pool, the SDK's own retries. Says what it read."""
import json
import sys
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

role, regions, threads = sys.argv[1], sys.argv[2].split(","), int(sys.argv[3])
config = Config(retries={"mode": "standard", "max_attempts": 3}, max_pool_connections=threads)
caller = boto3.Session()
sts = caller.client("sts", config=config)
own = sts.get_caller_identity()["Account"]
pages = caller.client("organizations", config=config).get_paginator("list_accounts").paginate()
accounts = [account["Id"] for page in pages for account in page["Accounts"]]
modes, failures = {}, {}


def client_of(account, region):
    if account == own:
        return caller.client("cognito-idp", region_name=region, config=config)
    keys = sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/{role}", RoleSessionName="peers")["Credentials"]
    session = boto3.Session(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
    return session.client("cognito-idp", region_name=region, config=config)


def reason(error):
    return error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__


def read(unit):
    account, region = unit
    try:
        client = client_of(account, region)
        for page in client.get_paginator("list_user_pools").paginate(MaxResults=60):
            for pool in page["UserPools"]:
                try:
                    answer = client.get_user_pool_mfa_config(UserPoolId=pool["Id"])
                    modes[f"{account}/{region}/{pool['Id']}"] = answer["MfaConfiguration"]
                except (BotoCoreError, ClientError) as error:
                    failures[f"{account}/{region}/{pool['Id']}"] = reason(error)
    except (BotoCoreError, ClientError) as error:
        failures[f"{account}/{region}"] = reason(error)


with ThreadPoolExecutor(threads) as pool:
    list(pool.map(read, [(account, region) for account in accounts for region in regions]))
print(json.dumps({"modes": modes, "failures": failures}))
sys.exit(1 if failures else 0)
