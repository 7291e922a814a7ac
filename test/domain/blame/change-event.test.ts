import { describe, expect, it } from 'vitest';
import { agentSigns } from '../../../src/domain/blame/agent.ts';
import { changeEventOf } from '../../../src/domain/blame/change-event.ts';
import { agentNames, codeAgents, type Agent } from '../../../src/domain/model/blame.ts';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import { anEvent, poolId } from './an-event.ts';

const agentIn = (changes: JsonObject) => changeEventOf(anEvent(changes))?.agent;
const whoIn = (userIdentity: JsonObject) => changeEventOf(anEvent({ userIdentity }))?.who;
const cloudFormation = 'cloudformation.amazonaws.com';

/** Agents as they stand in published events; where none was found, as the program's own code or guide has it. */
const samples: readonly (readonly [source: string, agent: Agent | null, event: JsonObject])[] = [
  [
    'Terraform 0.15, AWS provider 5.14, SDK of Go v1',
    'terraform',
    {
      userAgent:
        'APN/1.0 HashiCorp/1.0 Terraform/0.15.5 (+https://www.terraform.io) terraform-provider-aws/5.14.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go/1.44.328 (go1.20.7; linux; amd64)',
    },
  ],
  [
    'Terraform 1.7, AWS provider 5.32, SDK of Go v2',
    'terraform',
    {
      userAgent:
        'APN/1.0 HashiCorp/1.0 Terraform/1.7.0 (+https://www.terraform.io) terraform-provider-aws/5.32.1 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.24.1 os/linux lang/go#1.20.12 md/GOOS#linux md/GOARCH#amd64 api/resourcegroups#1.19.7',
    },
  ],
  ['Terraform that leaves its provider out', 'terraform', { userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.7.0' }],
  ['what speaks of Terraform', null, { userAgent: 'my-runner/1.0 (for Terraform/latest)' }],
  ['CloudFormation, all three', 'cloudformation', { userAgent: cloudFormation, sourceIPAddress: cloudFormation }],
  [
    'CloudFormation, by the address alone',
    'cloudformation',
    { sourceIPAddress: cloudFormation, userAgent: 'AWS Internal' },
  ],
  ['StackSets', 'cloudformation', { userAgent: 'stacksets.cloudformation.amazonaws.com' }],
  ['another’s name that ends so', null, { userAgent: 'notcloudformation.amazonaws.com' }],
  ['another’s name that begins so', null, { userAgent: 'cloudformation.amazonaws.com.example.com' }],
  [
    'the CLI in CloudShell, whose credentials are the console’s',
    'cli',
    {
      userAgent:
        'aws-cli/2.13.5 Python/3.11.4 Linux/4.14.255-314-253.539.amzn2.x86_64 exec-env/CloudShell exe/x86_64.amzn.2 prompt/off command/iam.create-role',
      sessionCredentialFromConsole: 'true',
    },
  ],
  [
    'the CLI 2.32',
    'cli',
    { userAgent: 'aws-cli/2.32.0 md/awscrt#0.28.4 ua/2.1 os/macos#24.6.0 md/arch#arm64 lang/python#3.13.9' },
  ],
  ['what speaks of the CLI', null, { userAgent: 'my-wrapper/1.0 (aws-cli/2.13.5)' }],
  ['a browser, of whose credentials nothing is said', 'console', { userAgent: 'Mozilla/5.0 (X11; Linux x86_64)' }],
  ['what calls itself compatible', null, { userAgent: 'my-robot/1.0 (Mozilla/5.0 compatible)' }],
  [
    'the console, whose sign is a truth value',
    'console',
    { userAgent: 'AWS Internal', sessionCredentialFromConsole: true },
  ],
  [
    'the console, by a browser',
    'console',
    { userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', sessionCredentialFromConsole: 'true' },
  ],
  ['the console, by its servers', 'console', { userAgent: 'AWS Internal', sessionCredentialFromConsole: 'true' }],
  ['the console of old', 'console', { userAgent: 'console.amazonaws.com' }],
  ['boto3', 'sdk', { userAgent: 'Boto3/1.34.0 md/Botocore#1.34.0 ua/2.0 os/linux#6.6 lang/python#3.11.8' }],
  [
    'the SDK of JavaScript, in brackets',
    'sdk',
    { userAgent: '[aws-sdk-js/3.540.0 ua/2.0 os/linux lang/js md/nodejs#20.14.0]' },
  ],
  [
    'this program',
    'mfa-drift',
    { userAgent: 'aws-sdk-js/3.1169.0 ua/2.1 os/linux#6.1 lang/js md/nodejs#20.20.2 m/E app/mfa-drift' },
  ],
  ['a service’s own call', null, { userAgent: 'aws-internal/3 aws-sdk-java/1.12.650' }],
  ['a client of its own', null, { userAgent: 'terraforming-mars/1.0' }],
  ['none', null, { userAgent: null }],
];

describe('from what a change was made', () => {
  it.each(samples)('%s: %s', (_, agent, event) => {
    expect(agentIn(event)).toBe(agent);
  });

  it('the CDK deploys through CloudFormation, by a role that is called so', () => {
    const identity = (userName: string): JsonObject => ({
      type: 'AssumedRole',
      arn: `arn:aws:sts::111122223333:assumed-role/${userName}/AWSCloudFormation`,
      sessionContext: { sessionIssuer: { type: 'Role', userName } },
      invokedBy: cloudFormation,
    });
    const role = 'cdk-hnb659fds-cfn-exec-role-111122223333-eu-west-1';
    expect(agentIn({ userIdentity: identity(role), userAgent: 'AWS Internal' })).toBe('cdk');
    for (const other of ['MyStackRole', `my-${role}`, `${role}.old`])
      expect(agentIn({ userIdentity: identity(other), userAgent: 'AWS Internal' })).toBe('cloudformation');
    // The role in other hands than CloudFormation's says nothing.
    expect(agentIn({ userIdentity: { ...identity(role), invokedBy: null } })).toBe('cli');
  });

  it('what deploys from code would undo what others change', () => {
    expect(codeAgents).toEqual(['terraform', 'cdk', 'cloudformation']);
  });

  it('every agent has a sign, and a sample that it is known by', () => {
    expect(agentNames.filter((name) => agentSigns.every(({ agent }) => agent !== name))).toEqual([]);
    expect(agentSigns.map(({ source }) => source).filter((source) => source === '')).toEqual([]);
    const known = new Set(['cdk', ...samples.map(([, agent]) => agent)]);
    expect(agentNames.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('who made it', () => {
  it('a role and its session', () => {
    expect(changeEventOf(anEvent())?.who).toEqual({
      kind: 'role',
      name: 'Administrators',
      session: 'anna@example.com',
      arn: 'arn:aws:sts::111122223333:assumed-role/Administrators/anna@example.com',
    });
  });

  it.each<[string, JsonObject, object]>([
    [
      'a role that does not say its issuer',
      { type: 'AssumedRole', arn: 'arn:aws:sts::1:assumed-role/R/s' },
      { kind: 'role', name: 'R', session: 's' },
    ],
    [
      'a role whose ARN is left out',
      { type: 'AssumedRole', sessionContext: { sessionIssuer: { userName: 'R' } } },
      { kind: 'role', name: 'R', session: null, arn: null },
    ],
    ['a role that says nothing', { type: 'AssumedRole' }, { kind: 'role', name: null, session: null, arn: null }],
    [
      'a role without a session',
      { type: 'Role', arn: 'arn:aws:iam::1:role/R' },
      { kind: 'role', name: 'R', session: null },
    ],
    [
      'a user that its ARN alone names',
      { type: 'IAMUser', arn: 'arn:aws:iam::1:user/ci/deploy' },
      { kind: 'user', name: 'deploy', session: null },
    ],
    [
      'a user',
      { type: 'IAMUser', userName: 'deploy', arn: 'arn:aws:iam::1:user/ci/deploy' },
      { kind: 'user', name: 'deploy', session: null },
    ],
    ['root', { type: 'Root', arn: 'arn:aws:iam::1:root' }, { kind: 'root', name: null, session: null }],
    [
      'a service',
      { type: 'AWSService', invokedBy: 'config.amazonaws.com' },
      { kind: 'service', name: 'config.amazonaws.com' },
    ],
    [
      'a federated user',
      { type: 'FederatedUser', arn: 'arn:aws:sts::1:federated-user/anna' },
      { kind: 'federated', name: null, session: 'anna' },
    ],
    [
      'a user of an identity provider',
      { type: 'WebIdentityUser', userName: 'anna' },
      { kind: 'federated', session: 'anna' },
    ],
    ...['SAMLUser', 'IdentityCenterUser', 'Directory'].map((type): [string, JsonObject, object] => [
      `a ${type}`,
      { type, userName: 'anna' },
      { kind: 'federated', name: null, session: 'anna' },
    ]),
    ['nobody that is known', { type: 'SomethingNew' }, { kind: 'unknown', name: null, session: null, arn: null }],
  ])('%s', (_, identity, who) => {
    expect(whoIn(identity)).toMatchObject(who);
  });
});

describe('an event', () => {
  it('that was refused has changed nothing', () => {
    expect(changeEventOf(anEvent({ errorCode: 'AccessDenied' }))).toBeNull();
    expect(changeEventOf(anEvent({ errorCode: '' }))).not.toBeNull();
  });

  it.each<[string, JsonObject]>([
    ['of another service', { eventSource: 'cognito-identity.amazonaws.com' }],
    ['of another kind', { eventName: 'UpdateUserPoolClient' }],
    ['without a time', { eventTime: 'yesterday' }],
    ['without an id', { eventID: null }],
  ])('%s is none', (_, changes) => {
    expect(changeEventOf(anEvent(changes))).toBeNull();
  });

  it.each<[string, JsonObject, string | null]>([
    ['the request', {}, poolId],
    [
      'the answer of CreateUserPool',
      {
        eventName: 'CreateUserPool',
        requestParameters: { poolName: 'x' },
        responseElements: { userPool: { id: poolId } },
      },
      poolId,
    ],
    [
      'a resource beside a request that hides it',
      {
        requestParameters: { userPoolId: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
        resources: [{ ARN: `arn:aws:cognito-idp:eu-west-1:1:userpool/${poolId}` }],
      },
      poolId,
    ],
    [
      'what stands beside the request',
      { requestParameters: null, additionalEventData: { userPoolId: 'us-gov-west-1_AbC' } },
      'us-gov-west-1_AbC',
    ],
    [
      'the one resource of many that is a pool',
      {
        requestParameters: null,
        resources: ['?', {}, { ARN: 'arn:aws:iam::1:role/R' }, { ARN: `arn:x:userpool/${poolId}` }],
      },
      poolId,
    ],
    ['nothing, where resources are no list', { requestParameters: null, resources: `arn:x:userpool/${poolId}` }, null],
    ['nothing, where words stand before it', { requestParameters: { userPoolId: `hidden: ${poolId}` } }, null],
    ['nothing, where words stand behind it', { requestParameters: { userPoolId: `${poolId} (hidden)` } }, null],
    ['nothing, where it is hidden', { requestParameters: { userPoolId: 'HIDDEN_DUE_TO_SECURITY_REASONS' } }, null],
    ['nothing, where the whole request is', { requestParameters: 'HIDDEN_DUE_TO_SECURITY_REASONS' }, null],
    ['nothing, where there is none', { requestParameters: null }, null],
  ])('has the id of its pool from %s', (_, changes, id) => {
    expect(changeEventOf(anEvent(changes))?.poolId).toBe(id);
  });

  it.each<[string, JsonObject, boolean]>([
    ['the pool alone', { userPoolId: poolId }, true],
    ['the pool and a mode that is null', { userPoolId: poolId, mfaConfiguration: null }, true],
    ['a mode', { userPoolId: poolId, mfaConfiguration: 'OFF' }, false],
    ['a passkey block', { userPoolId: poolId, webAuthnConfiguration: { relyingPartyId: 'a.example.com' } }, false],
  ])('that named %s', (_, requestParameters, namesOnlyPool) => {
    expect(changeEventOf(anEvent({ requestParameters }))?.namesOnlyPool).toBe(namesOnlyPool);
  });

  it('of another name, or with a request that is hidden, is never one that named only the pool', () => {
    const update = { eventName: 'UpdateUserPool', requestParameters: { userPoolId: poolId } };
    expect(changeEventOf(anEvent(update))?.namesOnlyPool).toBe(false);
    expect(changeEventOf(anEvent({ requestParameters: 'HIDDEN' }))?.namesOnlyPool).toBe(false);
  });
});
