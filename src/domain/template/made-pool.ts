/** The pool that a resource of a template would make, as a run would read it. */
import { userPoolMembers } from '../model/api/api-model.ts';
import { byFurtherRead } from '../model/api/reads.ts';
import type { JsonObject, JsonValue } from '../model/json.ts';
import type { Account } from '../model/observation.ts';
import type { OpenValue } from '../model/open-values.ts';
import type { Subject } from '../model/subject.ts';
import { madeConfig } from './mfa-properties.ts';
import { readMembers, type Opened } from './reading.ts';
import type { Resolving } from './resolving.ts';
import { mapAt, type Deployment } from './template.ts';

/** Members of `UserPool` that have another name as a property. */
const otherNames: Readonly<Record<string, string>> = { Name: 'UserPoolName', SchemaAttributes: 'Schema' };

/** Members that are not there where no property says them. Source: API reference, CreateUserPool. */
const absentUnsaid: JsonObject = {
  AccountRecoverySetting: null,
  AliasAttributes: null,
  AutoVerifiedAttributes: null,
  DeviceConfiguration: null,
  LambdaConfig: null,
  Policies: null,
  SmsConfiguration: null,
  UserPoolAddOns: null,
  UsernameAttributes: null,
};

/** Set by CloudFormation itself. Source: AWS CloudFormation user guide, Resource tags. */
const stackTagKeys = ['stack-name', 'stack-id', 'logical-id'].map((name) => `aws:cloudformation:${name}`);

export interface MadePool {
  readonly subject: Subject;
  /** What `GetUserPoolMfaConfig` would answer. */
  readonly config: JsonObject;
  /** What of `DescribeUserPool`'s answer the template decides. */
  readonly userPool: JsonObject;
}

export function madePool(properties: JsonObject, context: Resolving): MadePool {
  const { deployment } = context;
  const { config, open } = madeConfig(properties, context);
  const opened: Opened = new Map();
  const userPool: JsonObject = describedPool(properties, opened, context, config);
  for (const [path, value] of opened) open.set(`UserPool.${path}`, value);
  for (const [path, value] of unsaid(userPool, open, deployment)) open.set(path, value);
  const name = userPool['Name'];
  const subject: Subject = {
    account: accountOf(deployment),
    region: deployment.region ?? '',
    pool: {
      poolId: '',
      poolName: open.has('pool.name') || typeof name !== 'string' ? '' : name,
      observedAt: new Date(0).toISOString(),
      requestId: null,
      mfaConfig: { read: true, value: config },
      ...byFurtherRead(() => null),
      userPool: { read: true, value: userPool },
    },
    open,
  };
  return { subject, config, userPool };
}

function describedPool(properties: JsonObject, opened: Opened, context: Resolving, config: JsonObject): JsonObject {
  const own = Object.keys(userPoolMembers).flatMap((member): [string, JsonValue][] => {
    const value = properties[otherNames[member] ?? member];
    return value === undefined || member === 'MfaConfiguration' ? [] : [[member, value]];
  });
  const read = readMembers(Object.fromEntries(own), userPoolMembers, '', opened, context);
  return {
    ...absentUnsaid,
    ...read,
    MfaConfiguration: config['MfaConfiguration'] ?? 'OFF',
    ...(context.deployment.users === null ? {} : { EstimatedNumberOfUsers: context.deployment.users }),
    // What the service takes where nothing is said, and where no sender is.
    EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', ...mapAt(read, 'EmailConfiguration') },
    UserPoolTags: { ...context.deployment.stackTags, ...mapAt(read, 'UserPoolTags') },
  };
}

/** What is open without standing in the template. */
function unsaid(
  { Name: name }: JsonObject,
  open: Opened,
  deployment: Deployment,
): readonly (readonly [string, OpenValue])[] {
  const why = (text: string): OpenValue => ({ why: text, possible: null, isThere: false });
  const nameOpen = open.get('UserPool.Name');
  return [
    ...(deployment.accountId === null ? [['account.id', why('the account (--account)')] as const] : []),
    ...(deployment.region === null ? [['region', why('the region (--region)')] as const] : []),
    ['pool.id', why("the pool's id, which AWS gives it")],
    ...(nameOpen !== undefined || name === undefined
      ? [['pool.name', nameOpen ?? why('the name of the pool, which has no UserPoolName')] as const]
      : []),
    ...(deployment.stackTags === null
      ? [['UserPool.UserPoolTags', { ...why('tags of the stack (--stack-tag)'), isThere: true }] as const]
      : []),
    ...stackTagKeys.map(
      (key) =>
        [
          `UserPool.UserPoolTags.${key}`,
          { ...why(`the tag ${key}, which CloudFormation sets`), isThere: true },
        ] as const,
    ),
  ];
}

/** Units have made-up ids: a selector can be about paths only. */
function accountOf({ accountId, accountName, accountTags, unitPath }: Deployment): Account {
  const names = unitPath?.split('/').filter((name) => name !== '');
  return {
    id: accountId ?? '',
    arn: null,
    name: accountName,
    state: 'ACTIVE',
    path: names?.map((name, index) => ({ id: `ou-test-${String(index).padStart(8, '0')}`, name })) ?? null,
    tags: accountTags,
    regionsNotAudited: null,
  };
}
