"""The script that most teams have: every account, every region, a thread pool, the SDK's own retries. Says what it read."""
import json
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

role, regions, threads = sys.argv[1], sys.argv[2].split(","), int(sys.argv[3])
config = Config(retries={"mode": "standard", "max_attempts": 3}, max_pool_connections=threads)
began = time.monotonic()
caller = boto3.Session()
sts = caller.client("sts", config=config)
own = sts.get_caller_identity()["Account"]
pages = caller.client("organizations", config=config).get_paginator("list_accounts").paginate()
accounts = [account["Id"] for page in pages for account in page["Accounts"]]
modes, failures = {}, []


def client_of(account, region):
    if account == own:
        return caller.client("cognito-idp", region_name=region, config=config)
    keys = sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/{role}", RoleSessionName="peers")["Credentials"]
    session = boto3.Session(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
    return session.client("cognito-idp", region_name=region, config=config)


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
                    failures.append(f"{account}/{region}/{pool['Id']}: {error}")
    except (BotoCoreError, ClientError) as error:
        failures.append(f"{account}/{region}: {error}")


with ThreadPoolExecutor(threads) as pool:
    list(pool.map(read, [(account, region) for account in accounts for region in regions]))
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "modes": modes,
    "failures": len(failures),
    "cpuMs": 1000 * (used.ru_utime + used.ru_stime),
    "peakMb": used.ru_maxrss / 1024,
    "wallMs": 1000 * (time.monotonic() - began),
}))
