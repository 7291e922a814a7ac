import { describe, expect, it } from 'vitest';
import {
  actionOf,
  blameAction,
  byFurtherRead,
  furtherReads,
  isFurtherRead,
  noReads,
  poolReadNames,
  poolReads,
  readOfBlock,
  readSet,
  requestsUnder,
  withRead,
} from '../../../../src/domain/model/api/reads.ts';

describe('the table of reads', () => {
  it('names the action of each request, as IAM knows it', () => {
    expect(actionOf('mfaConfig')).toBe('cognito-idp:GetUserPoolMfaConfig');
    expect(actionOf('userPool')).toBe('cognito-idp:DescribeUserPool');
    expect(blameAction).toBe('cloudtrail:LookupEvents');
  });

  it('gives each request and each block of `expect` to one read', () => {
    const requests = poolReadNames.map((read) => poolReads[read].request);
    const blocks = furtherReads.map((read) => poolReads[read].block);
    expect(new Set(requests).size).toBe(requests.length);
    expect(blocks.map(readOfBlock)).toEqual(furtherReads);
    expect(readOfBlock('SmsMfaConfiguration')).toBeNull();
  });

  it('says which requests share a quota, listings too', () => {
    expect(requestsUnder('UserPoolRead')).toMatch(/^ListUserPools, DescribeUserPool(?:, |$)/);
    expect(requestsUnder('UserPoolResourceRead')).toMatch(/^GetUserPoolMfaConfig(?:, |$)/);
  });

  it('asks every pool for its MFA configuration, and for the rest on demand', () => {
    expect(['mfaConfig', 'userPool', 'accountTags', null].map(isFurtherRead)).toEqual([false, true, false, false]);
  });
});

describe('a set of reads', () => {
  it('is one and the same for all that need the same, so that thousands of pools hold it once', () => {
    expect(readSet([])).toBe(noReads);
    expect(readSet(['userPool', 'userPool'])).toBe(withRead(noReads, 'userPool'));
    expect([...withRead(readSet(['userPool']), 'userPool')]).toEqual(['userPool']);
  });
});

it('one value for each further read knows its place among them', () => {
  const places = byFurtherRead((_read, index) => index);
  expect(furtherReads.map((read) => places[read])).toEqual(furtherReads.map((_, index) => index));
});
