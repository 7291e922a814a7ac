import type { Attempt, CallFailure } from '../pacing/call-result.ts';
import { sentence } from '../report/text/sentence.ts';
import { DeliveryError } from './channel.ts';

/**
 * What a request answered.
 *
 * @param closer knows more closely what to do; `null`: what the failure itself says
 * @throws DeliveryError in the words of the failure
 */
export function valueOf<T>(attempt: Attempt<T>, closer: (failure: CallFailure) => string | null = () => null): T {
  if (attempt.ok) return attempt.value;
  const { failure } = attempt;
  throw new DeliveryError(`${sentence(failure.message)} ${closer(failure) ?? failure.remedy}`);
}
