/** CloudTrail's `LookupEvents`, fed by what calls have changed. */
import {
  CloudTrailClient,
  LookupEventsCommand,
  type LookupAttributeKey,
  type LookupEventsCommandInput,
} from '@aws-sdk/client-cloudtrail';
import { DescribeUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/domain/model/json.ts';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { clientAs, created, idAlone, protectedFromDeletion, totpOptional, userAgents } from '../end-to-end/changing.ts';
import { assume, keysOf, refusal, started } from './clients.ts';
import { member, smallFleet } from './small-fleet.ts';

const pool = 'eu-west-1_Customers';
const day = 86_400_000;

function trailOf(sandbox: Sandbox, offsetMs = 0, accountId = member) {
  const client = new CloudTrailClient({
    endpoint: sandbox.url,
    region: 'eu-west-1',
    credentials: keysOf(sandbox, accountId),
    maxAttempts: 1,
    systemClockOffset: offsetMs,
  });
  const send = (input: LookupEventsCommandInput = {}) => client.send(new LookupEventsCommand(input));
  return {
    send,
    async events(EventName?: string): Promise<readonly JsonObject[]> {
      const by = EventName === undefined ? {} : { LookupAttributes: [attribute('EventName', EventName)] };
      const { Events = [] } = await send(by);
      return Events.map(({ CloudTrailEvent = '' }) => JSON.parse(CloudTrailEvent) as JsonObject);
    },
  };
}

const attribute = (AttributeKey: LookupAttributeKey, AttributeValue: string) => ({ AttributeKey, AttributeValue });
const playing = (options: Partial<SandboxOptions> = {}) => started(smallFleet(), options);

describe('what was changed', () => {
  it('can be looked up by its name, newest first, as the CloudTrail user guide writes events', async () => {
    const sandbox = await playing();
    const cli = clientAs(sandbox, member, userAgents.cli);
    await cli.send(totpOptional(pool));
    await cli.send(protectedFromDeletion(pool));
    await cli.send(idAlone(pool));
    const [last, first, ...others] = await trailOf(sandbox).events('SetUserPoolMfaConfig');
    expect(others).toEqual([]);
    expect(last?.['requestParameters']).toEqual({ userPoolId: pool });
    expect(first).toMatchObject({
      eventSource: 'cognito-idp.amazonaws.com',
      eventName: 'SetUserPoolMfaConfig',
      awsRegion: 'eu-west-1',
      userAgent: userAgents.cli,
      userIdentity: { type: 'IAMUser', userName: 'sandbox-administrator', accountId: member },
      requestParameters: {
        userPoolId: pool,
        mfaConfiguration: 'OPTIONAL',
        softwareTokenMfaConfiguration: { enabled: true },
      },
      responseElements: { mfaConfiguration: 'OPTIONAL' },
    });
    expect(first).not.toHaveProperty('errorCode');
    expect(first).not.toHaveProperty('sessionCredentialFromConsole');
  });

  it('tells a role’s session, the console and CloudFormation apart, as AWS does', async () => {
    const sandbox = await playing();
    const keys = await assume(sandbox, member, { RoleSessionName: 'anna@example.com' });
    await clientAs(sandbox, member, userAgents.console, { keys }).send(totpOptional(pool));
    await clientAs(sandbox, member, userAgents.cloudformation).send(totpOptional(pool));
    const [byCloudFormation, byConsole] = await trailOf(sandbox).events();
    expect(byConsole).toMatchObject({
      sessionCredentialFromConsole: 'true',
      userIdentity: {
        type: 'AssumedRole',
        arn: `arn:aws:sts::${member}:assumed-role/MfaDriftAudit/anna@example.com`,
        sessionContext: { sessionIssuer: { type: 'Role', userName: 'MfaDriftAudit' } },
      },
    });
    expect(byCloudFormation).toMatchObject({
      userAgent: 'cloudformation.amazonaws.com',
      sourceIPAddress: 'cloudformation.amazonaws.com',
      userIdentity: { invokedBy: 'cloudformation.amazonaws.com' },
    });
  });

  it('has the id of a pool that was created in the answer', async () => {
    const sandbox = await playing();
    const { UserPool } = await clientAs(sandbox, member, userAgents.sdk).send(created('new'));
    const [event] = await trailOf(sandbox).events('CreateUserPool');
    expect(event).toMatchObject({
      requestParameters: { poolName: 'new' },
      responseElements: { userPool: { id: UserPool?.Id } },
    });
  });

  it('or was refused to be is there with its error; what only reads is not', async () => {
    const sandbox = await playing();
    const sdk = clientAs(sandbox, member, userAgents.sdk);
    await refusal(sdk.send(totpOptional('eu-west-1_Gone')));
    await sdk.send(new DescribeUserPoolCommand({ UserPoolId: pool }));
    expect(await trailOf(sandbox).events()).toMatchObject([
      { errorCode: 'ResourceNotFoundException', responseElements: null },
    ]);
  });

  it('stays in its account and region', async () => {
    const sandbox = await playing();
    await clientAs(sandbox, member, userAgents.sdk).send(totpOptional(pool));
    expect(await trailOf(sandbox, 0, '333333333333').events()).toEqual([]);
    expect(await trailOf(sandbox).events()).toHaveLength(1);
  });

  it('ends after 90 days', async () => {
    let offsetMs = -91 * day;
    const sandbox = await playing({ now: () => Date.now() + offsetMs });
    await clientAs(sandbox, member, userAgents.sdk, { offsetMs }).send(totpOptional(pool));
    offsetMs = -89 * day;
    await clientAs(sandbox, member, userAgents.sdk, { offsetMs }).send(idAlone(pool));
    offsetMs = 0;
    expect((await trailOf(sandbox).events()).map((event) => event['requestParameters'])).toEqual([
      { userPoolId: pool },
    ]);
  });

  it.each([
    ['shown', pool],
    ['hidden', 'HIDDEN_DUE_TO_SECURITY_REASONS'],
  ])('names its pool where that is %s', async (answer, userPoolId) => {
    const sandbox = await playing({ switches: { 'user-pool-id-in-events': answer } });
    await clientAs(sandbox, member, userAgents.sdk).send(totpOptional(pool));
    expect(await trailOf(sandbox).events()).toMatchObject([{ requestParameters: { userPoolId } }]);
  });
});

describe('a look-up', () => {
  it('comes in pages, whose tokens belong to what was asked', async () => {
    const sandbox = await playing();
    const sdk = clientAs(sandbox, member, userAgents.sdk);
    for (let count = 0; count < 5; count += 1) await sdk.send(totpOptional(pool));
    const { send } = trailOf(sandbox);
    const byName = { LookupAttributes: [attribute('EventName', 'SetUserPoolMfaConfig')], MaxResults: 2 };
    const ids: (string | undefined)[] = [];
    let NextToken: string | undefined;
    const tokens: (string | undefined)[] = [];
    do {
      const page = await send({ ...byName, NextToken });
      ids.push(...(page.Events ?? []).map(({ EventId }) => EventId));
      NextToken = page.NextToken;
      if (NextToken !== undefined) tokens.push(NextToken);
    } while (NextToken !== undefined);
    const elsewhere = await Promise.all(tokens.map((token) => refusal(send({ MaxResults: 2, NextToken: token }))));
    expect(elsewhere.map(({ name }) => name)).toEqual(['InvalidNextTokenException', 'InvalidNextTokenException']);
    expect(new Set(ids).size).toBe(5);
  });

  it('takes a time to begin and one to end', async () => {
    let offsetMs = -10 * day;
    const sandbox = await playing({ now: () => Date.now() + offsetMs });
    await clientAs(sandbox, member, userAgents.sdk, { offsetMs }).send(totpOptional(pool));
    offsetMs = 0;
    await clientAs(sandbox, member, userAgents.sdk).send(totpOptional(pool));
    const { send } = trailOf(sandbox);
    const week = new Date(Date.now() - 7 * day);
    expect((await send({ StartTime: week })).Events).toHaveLength(1);
    expect((await send({ EndTime: week })).Events).toHaveLength(1);
    expect((await send({})).Events).toHaveLength(2);
    const turned = send({ StartTime: new Date(), EndTime: week });
    expect(await refusal(turned)).toMatchObject({ name: 'InvalidTimeRangeException' });
  });

  it.each<[string, LookupEventsCommandInput, string]>([
    ['too large a page', { MaxResults: 51 }, 'InvalidMaxResultsException'],
    ['an empty page', { MaxResults: 0 }, 'InvalidMaxResultsException'],
    [
      'two attributes',
      { LookupAttributes: [attribute('EventName', 'a'), attribute('EventName', 'b')] },
      'InvalidLookupAttributesException',
    ],
    ['a token of nobody', { NextToken: 'x' }, 'InvalidNextTokenException'],
  ])('is refused for %s', async (_, input, name) => {
    expect(await refusal(trailOf(await playing()).send(input))).toMatchObject({ name, status: 400 });
  });

  it('is allowed to who may, and twice a second', async () => {
    const fleet = smallFleet({ roles: { MfaDriftAudit: { externalId: 'mfa-drift', like: 'audit-role' } } });
    const denied = await started(fleet);
    const keys = await assume(denied, member);
    const client = new CloudTrailClient({
      endpoint: denied.url,
      region: 'eu-west-1',
      credentials: keys,
      maxAttempts: 1,
    });
    expect(await refusal(client.send(new LookupEventsCommand({})))).toMatchObject({ name: 'AccessDeniedException' });
    const now = Date.now();
    const limited = trailOf(await playing({ now: () => now, quotas: { LookupEvents: 2 } }));
    await limited.send();
    await limited.send();
    expect(await refusal(limited.send())).toEqual({
      name: 'ThrottlingException',
      message: 'Rate exceeded',
      status: 400,
    });
  });
});
