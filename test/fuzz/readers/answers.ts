/** Answers of AWS, as the text of a response: of every operation, with any status. */
import * as fc from 'fast-check';
import { answered, member, operations, pool } from '../../aws/answers/operations.ts';
import type { Reader } from '../loop.ts';
import { named, nameIn } from './reader.ts';

const arn = `arn:aws:cognito-idp:eu-west-1:${member}:userpool/${pool}`;
const event = JSON.stringify({
  eventName: 'SetUserPoolMfaConfig',
  eventTime: '2026-11-01T02:00:00Z',
  requestParameters: { userPoolId: pool },
});
const listedUser = { Username: 'a', UserStatus: 'CONFIRMED', Enabled: true, Attributes: [{ Name: 'sub', Value: '1' }] };

/** As each operation answers (its API reference, "Response Syntax"). */
const valid: Readonly<Record<string, object>> = {
  GetUserPoolMfaConfig: { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } },
  DescribeUserPool: {
    UserPool: { Id: pool, Name: 'shop', Arn: arn, UserPoolTags: { env: 'prod' }, EstimatedNumberOfUsers: 3 },
  },
  ListUserPools: { UserPools: [{ Id: pool, Name: 'shop', Status: 'Enabled' }], NextToken: 'next' },
  SetUserPoolMfaConfig: { MfaConfiguration: 'OFF' },
  ListRegions: { Regions: [{ RegionName: 'eu-west-1', RegionOptStatus: 'ENABLED_BY_DEFAULT' }], NextToken: 'next' },
  DescribeOrganization: { Organization: { Id: 'o-exampleorg1', MasterAccountId: member } },
  ListAccounts: {
    Accounts: [
      { Id: member, Name: 'shop', State: 'ACTIVE', Paths: [`o-exampleorg1/r-ab12/ou-ab12-11111111/${member}/`] },
    ],
  },
  ListRoots: { Roots: [{ Id: 'r-ab12', Name: 'Root' }] },
  ListOrganizationalUnitsForParent: { OrganizationalUnits: [{ Id: 'ou-ab12-11111111', Name: 'Prod' }] },
  DescribeAccount: { Account: { Id: member, Name: 'shop' } },
  ListParents: { Parents: [{ Id: 'r-ab12', Type: 'ROOT' }] },
  ListTagsForResource: { Tags: [{ Key: 'env', Value: 'prod' }] },
  LookupEvents: { Events: [{ EventId: '1', CloudTrailEvent: event }], NextToken: 'next' },
  ListUsers: { Users: [listedUser], PaginationToken: 'next' },
  AdminGetUserAuthFactors: {
    Username: 'a',
    UserMFASettingList: ['SOFTWARE_TOKEN_MFA'],
    ConfiguredUserAuthFactors: ['PASSWORD'],
  },
  AdminGetUser: { Username: 'a', UserMFASettingList: ['SMS_MFA'], PreferredMfaSetting: 'SMS_MFA' },
};

const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::${member}:user/a</Arn><UserId>AIDA</UserId><Account>${member}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`;
const refusals = [
  ['400', '{"__type":"NotAuthorizedException","message":"Access Token has been revoked"}'],
  ['400', '{"__type":"com.amazonaws#TooManyRequestsException","Message":"Rate exceeded"}'],
  ['403', '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>'],
  ['503', '<html><body>Service Unavailable</body></html>'],
] as const;

export const answers: Reader = {
  seeds: () =>
    Promise.resolve([
      ...Object.entries(valid).map(([operation, answer]) => named(`${operation} 200`, JSON.stringify(answer))),
      named('GetCallerIdentity 200', identity),
      ...['GetCallerIdentity', 'ListUserPools', 'ListRegions'].flatMap((operation) =>
        refusals.map(([status, text]) => named(`${operation} ${status}`, text)),
      ),
    ]),
  grammar: () =>
    fc
      .tuple(
        fc.constantFrom(...Object.keys(operations)),
        fc.constantFrom(200, 200, 400, 403, 429, 500),
        fc.json({ maxDepth: 3 }),
      )
      .map(([operation, status, text]) => `${operation} ${status}\n${text}`),
  open: () =>
    Promise.resolve(async (input) => {
      const { name, bytes } = nameIn(input);
      const [operation = '', status = ''] = name.split(' ');
      const isKnown = Object.hasOwn(operations, operation);
      await answered(isKnown ? operation : 'ListUserPools', /^[2-5]\d\d$/.test(status) ? Number(status) : 200, bytes);
      return '';
    }),
};
