/** What ListUsers, AdminGetUser, AdminGetUserAuthFactors and AdminSetUserMFAPreference do; kept in `services/users.ts`. */
import type { Rule } from './rules/rule.ts';

export const userRules: readonly Rule[] = [
  {
    id: 'users.listed',
    says: 'ListUsers lists at most 60 a page; a token goes on where a page ended.',
    source: 'API model, ListUsers',
  },
  {
    id: 'users.filtered',
    says: 'A filter is one attribute, = or ^=, and a text; cognito:user_status and status are attributes there.',
    source: 'API reference, ListUsers',
  },
  {
    id: 'users.attributes-to-get',
    says: 'AttributesToGet is an error where a user on the page has no value for one of them.',
    source: 'API reference, ListUsers',
  },
  {
    id: 'users.factors',
    says: 'A user is asked for by name or by sub, and one without a factor has no UserMFASettingList.',
    source: 'API model, AdminGetUserAuthFactors; ministackorg/ministack#326 (measured)',
  },
  {
    id: 'users.preference',
    says: 'TOTP can be preferred where it is registered, and a registration stays when its preference goes.',
    source: 'measured 2026-09-30; that it is refused without a registration: getmoto/moto',
  },
];
