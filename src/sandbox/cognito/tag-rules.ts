/** What TagResource and UntagResource do; kept in `services/pool-changes.ts`. How their refusals are worded is not measured. */
import type { Rule } from './rules/rule.ts';

export const tagRules: readonly Rule[] = [
  {
    id: 'tags.added',
    says: 'TagResource adds tags to those that are there, and gives a key that is there its new value; DescribeUserPool shows them.',
    source: 'API reference, TagResource',
  },
  {
    id: 'tags.removed',
    says: 'UntagResource takes the named keys, and a key that is not there is no error.',
    source: 'API reference, UntagResource; that an unknown key is no error: getmoto/moto',
  },
  {
    id: 'tags.apart-from-mfa',
    says: 'Tags change nothing of the MFA state, and a SetUserPoolMfaConfig changes nothing of the tags.',
    source: 'API reference, TagResource, SetUserPoolMfaConfig: neither names the other’s members',
  },
];
