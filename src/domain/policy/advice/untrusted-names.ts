/** Selectors that rest on what the audited account itself names. */
import type { Policy } from '../policy.ts';
import { selectorKeys } from '../match/selector-keys.ts';
import type { CompiledKey, CompiledSelector } from '../match/selectors.ts';

/** What nobody in the account can rename. */
export const trustedInstead = 'select by account id, organizational unit, account tag or pool id';

export function isGrave({ severity }: Policy): boolean {
  return severity === 'critical' || severity === 'high';
}

export function labels(keys: readonly CompiledKey[]): string {
  return keys.map(({ label }) => label).join(', ');
}

export function restsOnNames({ keys }: CompiledSelector): boolean {
  return keys.length > 0 && keys.every(isNamedByAccount);
}

function isNamedByAccount({ key, test }: CompiledKey): boolean {
  const { chosenInside } = selectorKeys[key];
  if (chosenInside !== 'names') return chosenInside === 'all';
  return test.kind === 'entries' && test.entries.some(({ isId }) => !isId);
}
