import { describe, expect, test } from 'vitest';
import { callOf, startFront } from '../../../bench/peers/front.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { peerFleet } from '../../../bench/peers/fleet.ts';

function signedFor(service: string): { authorization: string } {
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261129/eu-west-1/${service}/aws4_request, SignedHeaders=host`,
  };
}

describe('a call', () => {
  test.each([
    ['tagging:GetResources', { 'x-amz-target': 'ResourceGroupsTaggingAPI_20170126.GetResources' }, '/', '{}'],
    ['cognito-idp:ListUserPools', { 'x-amz-target': 'AWSCognitoIdentityProviderService.ListUserPools' }, '/', '{}'],
    ['ec2:DescribeRegions', {}, '/', 'Action=DescribeRegions&Version=2016-11-15'],
    ['account:/listRegions', {}, '/listRegions', ''],
  ])('is %s by its signature and its target, form or path', (call, headers, url, body) => {
    const [service = ''] = call.split(':');
    expect(callOf({ headers: { ...signedFor(service), ...headers }, url }, Buffer.from(body))).toBe(call);
  });

  test('without a signature is told apart', () => {
    expect(callOf({ headers: {}, url: '/' }, Buffer.from('Action=GetCallerIdentity'))).toBe(
      'unsigned:GetCallerIdentity',
    );
  });
});

describe('the front', () => {
  async function ask(headers: Record<string, string>, body: string): Promise<readonly [number, string, number]> {
    const sandbox = await startSandbox({ fleet: peerFleet().fleet });
    const front = await startFront(sandbox.url, ['us-east-1', 'af-south-1'], 0);
    try {
      const answer = await fetch(front.url, { method: 'POST', headers, body });
      return [answer.status, await answer.text(), [...front.calls.values()].reduce((sum, each) => sum + each, 0)];
    } finally {
      await front.close();
      await sandbox.close();
    }
  }

  test('answers for services that the sandbox has not, in the shape of their models', async () => {
    const headers = { ...signedFor('tagging'), 'x-amz-target': 'ResourceGroupsTaggingAPI_20170126.GetResources' };
    expect(await ask(headers, '{"ResourceARNList": []}')).toEqual([
      200,
      '{"PaginationToken":"","ResourceTagMappingList":[]}',
      1,
    ]);
  });

  test('names a region that is not enabled only where all are asked for', async () => {
    const form = { ...signedFor('ec2'), 'content-type': 'application/x-www-form-urlencoded' };
    const [, enabled] = await ask(form, 'Action=DescribeRegions&Version=2016-11-15');
    const [, all] = await ask(form, 'Action=DescribeRegions&AllRegions=true&Version=2016-11-15');
    expect(enabled.match(/<regionName>/g)).toHaveLength(2);
    expect(enabled).not.toContain('not-opted-in');
    expect(all).toContain('<regionName>eu-west-1</regionName>');
    expect(all.match(/not-opted-in/g)?.length).toBeGreaterThan(20);
  });

  test('hands everything else on, and the answer back: a refusal too', async () => {
    const headers = { ...signedFor('cognito-idp'), 'x-amz-target': 'AWSCognitoIdentityProviderService.ListUserPools' };
    const [status, body, calls] = await ask(headers, '{"MaxResults":60}');
    expect([status, calls]).toEqual([400, 1]);
    expect(body).toContain('Exception');
  });
});
