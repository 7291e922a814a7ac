/** Which events can have changed what a finding speaks of. */
import type { ChangeEvent } from './change-event.ts';

interface Causes {
  /** Whether SetUserPoolMfaConfig can. */
  readonly set: boolean;
  /** Members of UpdateUserPool that must be named for it; `any`: those that are left out fall back to a default. */
  readonly update: readonly string[] | 'any';
}

/** Left out, the mode and its factors stay as they are (go-to-k/cdkd#4066, measured 2026-09-29). */
const ofMfa: Causes = { set: true, update: ['mfaConfiguration'] };

/** By the longest of these that a path begins with. UpdateUserPool resets what `any` stands at (the same measurement). */
const causes: readonly (readonly [path: string, causes: Causes])[] = [
  ['SmsMfaConfiguration.SmsAuthenticationMessage', { set: true, update: 'any' }],
  ['SmsMfaConfiguration', { set: true, update: ['mfaConfiguration', 'smsConfiguration', 'smsAuthenticationMessage'] }],
  [
    'factors',
    {
      set: true,
      update: ['mfaConfiguration', 'smsConfiguration', 'emailConfiguration', 'policies', 'userPoolTier'],
    },
  ],
  ['UserPool.MfaConfiguration', ofMfa],
  ['UserPool.SmsConfiguration', { set: true, update: ['smsConfiguration'] }],
  ['UserPool', { set: false, update: 'any' }],
];

function causesOf(path: string): Causes {
  return causes.find(([prefix]) => path === prefix || path.startsWith(`${prefix}.`))?.[1] ?? ofMfa;
}

/** @param paths of the findings; an event whose request is hidden may have named anything */
export function canHaveChanged(
  { name, named }: Pick<ChangeEvent, 'name' | 'named'>,
  paths: readonly string[],
): boolean {
  if (name === 'CreateUserPool') return true;
  return paths.map(causesOf).some(({ set, update }) => {
    if (name === 'SetUserPoolMfaConfig') return set;
    return update === 'any' || named === null || update.some((member) => named.includes(member));
  });
}
