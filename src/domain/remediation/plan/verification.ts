/** Whether a pool holds what a change was to leave behind, and whether a call is what its reasons ask for. */
import { unknownFields } from '../../model/api/api-model.ts';
import { configMember, rawMember } from '../../model/api/api-values.ts';
import type { JsonObject } from '../../model/json.ts';
import { userPoolAfter } from '../write/after-settings.ts';
import { proposedChange } from './proposed-change.ts';
import type { Change } from '../model/plan.ts';
import { settingsOf } from '../../model/mfa/pool-settings.ts';
import type { Objection } from '../model/refusals.ts';
import type { PoolNow } from '../model/pool-now.ts';
import { readingDifferences, stateDifferences, type Difference } from '../../model/mfa/config-diff.ts';

/**
 * Where a pool, read back, differs from what the change says; empty: verified. Every `because` path reads its `to`,
 * nothing else that was there has changed, and no member is new. `userPool` is the description from before the change.
 */
export function readBackDifferences(
  change: Pick<Change, 'after' | 'because' | 'call' | 'region'>,
  readBack: JsonObject,
  userPool: JsonObject,
): readonly Difference[] {
  const settings = settingsOf(userPoolAfter(userPool, change.call), change.region);
  const different = stateDifferences(change.after, readBack, settings);
  const asked = change.because.flatMap(({ path, to }): readonly Difference[] => {
    const value = configMember(readBack, path.split('.')).value ?? null;
    return readingDifferences({ [path]: to }, { [path]: value }).map((difference) => ({ ...difference, path }));
  });
  const news = unknownFields(readBack).map((path) => ({
    path,
    from: null,
    to: rawMember(readBack, path.split('.')) ?? null,
  }));
  return distinctByPath([...different, ...asked, ...news]);
}

/** E-mail is a factor by itself there, so that no answer is taken for an odd one which the service may give. */
const anySettings = { EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } };

/** Whether a call can have left a pool that answers so, whatever its other settings. */
export function callExplains(call: JsonObject, after: JsonObject, region: string): boolean {
  const { UserPoolId: _, ...sent } = call;
  return stateDifferences(sent, after, settingsOf(anySettings, region)).length === 0;
}

/** Whether a pool reads as it did when its change was planned; not empty: the plan is stale. */
export function driftSincePlan(change: Pick<Change, 'before'>, config: JsonObject): readonly Difference[] {
  return readingDifferences(change.before, config);
}

/**
 * A call is exactly what its `because` lines make of the pool as it is now, member by member; what else it names was
 * asked for by nobody.
 */
export function unaskedObjections(change: Pick<Change, 'call' | 'because'>, pool: PoolNow): readonly Objection[] {
  const proposed = proposedChange(pool, change.because);
  const paths =
    proposed === null
      ? change.because.map(({ path }) => path)
      : readingDifferences(proposed.call.input, change.call).map(({ path }) => path);
  if (paths.length === 0) return [];
  const message = `The call is not what its reasons ask for: ${[...new Set(paths)].join(', ')}. Make a new plan.`;
  return [{ code: 'unasked-change', message }];
}

function distinctByPath(differences: readonly Difference[]): readonly Difference[] {
  return differences.filter(({ path }, index) => differences.findIndex((other) => other.path === path) === index);
}
