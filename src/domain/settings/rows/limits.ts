/** How much may be asked of AWS. */
import { requestsUnder } from '../../model/api/reads.ts';
import type { SettingRow } from '../kinds.ts';

export const limits = {
  'limits.concurrency': {
    kind: 'whole',
    least: 1,
    most: 1000,
    default: 64,
    description: 'Requests in flight in the whole run.',
    flag: null,
  },
  'limits.quotaShare': {
    kind: 'number',
    over: 0,
    most: 1,
    default: 0.5,
    description: "The part of each account's Cognito request quota that the run may use: over 0, up to 1.",
    flag: null,
  },
  // The service's own quotas. Source: AWS developer guide, "Quotas in Amazon Cognito".
  'limits.quotas.UserPoolRead': {
    kind: 'number',
    over: 0,
    default: 15,
    description: `Requests a second for each account and region: ${requestsUnder('UserPoolRead')}. The service's own quota is 15.`,
    flag: null,
  },
  'limits.quotas.UserPoolResourceRead': {
    kind: 'number',
    over: 0,
    default: 20,
    description: `Requests a second for each account and region: ${requestsUnder('UserPoolResourceRead')}. The service's own quota is 20.`,
    flag: null,
  },
  'limits.quotas.UserPoolResourceUpdate': {
    kind: 'number',
    over: 0,
    default: 15,
    description: "Requests a second for each account and region: SetUserPoolMfaConfig. The service's own quota is 15.",
    flag: null,
  },
  'limits.quotas.UserList': {
    kind: 'number',
    over: 0,
    default: 30,
    description:
      "Requests a second for each account and region: ListUsers. The service's own quota is 30, and AWS raises it for nobody.",
    flag: null,
  },
  'limits.quotas.UserRead': {
    kind: 'number',
    over: 0,
    default: 120,
    description:
      "Requests a second for each account and region: AdminGetUserAuthFactors. The service's own quota is 120, which applications share.",
    flag: null,
  },
  'limits.quotas.LookupEvents': {
    kind: 'number',
    over: 0,
    default: 2,
    description:
      "Requests a second for each account and region: CloudTrail's LookupEvents, where `blame` asks. The service's own quota is 2, which everybody who looks up events shares.",
    flag: null,
  },
  'limits.lookupPages': {
    kind: 'whole',
    least: 1,
    default: 10,
    description:
      'Pages of 50 events, of every pool of an account and region, that are read of each of the three look-ups at most.',
    flag: null,
  },
} as const satisfies Readonly<Record<string, SettingRow>>;
