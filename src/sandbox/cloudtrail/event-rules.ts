/** What LookupEvents answers; kept in `services/cloudtrail.ts` and `cloudtrail/event.ts`. */
import type { Rule } from '../cognito/rules/rule.ts';

export const eventRules: readonly Rule[] = [
  {
    id: 'events.of-changes',
    says: 'Every call that changes a pool, and every one that was refused to, is an event of its account and region for 90 days.',
    source: 'Cognito developer guide, logging with CloudTrail; CloudTrail user guide, record contents',
  },
  {
    id: 'events.pages',
    says: 'The latest come first, at most 50 a page.',
    source: 'API reference, LookupEvents',
  },
  {
    id: 'events.one-attribute',
    says: 'A look-up asks by one attribute at most.',
    source: 'API reference, LookupEvents',
  },
];
