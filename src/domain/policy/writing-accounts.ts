/** Where a run could change something, by what the configuration and the policies say. */
import type { Account } from '../model/observation.ts';
import type { Policy, PolicySet } from './policy.ts';
import { select } from './match/selection.ts';
import { selectorKeys } from './match/selector-keys.ts';
import type { CompiledKey, CompiledSelector } from './match/selectors.ts';
import { allKeys } from './match/selector-compilation.ts';
import type { Settings } from '../settings.ts';

/** Whether anything is set up that writes: a role for it, or a policy that is put right without asking. */
export function isWritingConfigured({ policies }: Pick<PolicySet, 'policies'>, settings: Settings): boolean {
  if (settings.remediation.off) return false;
  return settings.role.remediationName !== null || policies.some((policy) => modeOf(policy, settings) === 'auto');
}

/** Whether a policy that may be put right speaks of this account, or may; with no policy at all, any may. */
export function mayWriteIn(account: Account, { policies }: Pick<PolicySet, 'policies'>, settings: Settings): boolean {
  if (policies.length === 0) return true;
  return policies.some((policy) => modeOf(policy, settings) !== 'never' && maySelect(policy.match, account));
}

function modeOf({ mode }: Policy, { remediation }: Settings): Settings['remediation']['mode'] {
  return mode ?? remediation.mode;
}

/** What the selector says of regions and pools is left open. */
function maySelect(selector: CompiledSelector, account: Account): boolean {
  const candidate = { account, region: null, pool: null, subject: null };
  const keys = selector.keys.filter(isOfAccounts);
  const exclude = selector.exclude.filter((block) => [...allKeys(block)].every(isOfAccounts));
  return select({ ...selector, keys, exclude }, candidate).answer !== 'no';
}

function isOfAccounts({ key }: CompiledKey): boolean {
  return selectorKeys[key].level === 'accounts';
}
