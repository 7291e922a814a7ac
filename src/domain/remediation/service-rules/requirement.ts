/** The form of a rule that a call must meet before it is sent. */
import type { JsonObject } from '../../model/json.ts';
import type { MfaState } from '../../model/mfa/mfa-state.ts';
import type { PoolSettings } from '../../model/mfa/pool-settings.ts';

/** A call about to be sent. */
export interface CallUnderTest {
  /** The pool's present configuration. */
  readonly before: MfaState;
  /** The call's input, read as a configuration. */
  readonly sent: MfaState;
  readonly input: JsonObject;
  readonly settings: PoolSettings;
}

export interface Requirement {
  /** `P1` to `P14`, or a name of its own. */
  readonly id: string;
  readonly code: 'no-factor' | 'prerequisite' | 'not-possible';
  /** What the service does otherwise, and who says so. */
  readonly source: string;
  /** What is not met, and the way out; `null`: it is met. */
  unmet(attempt: CallUnderTest): string | null;
}
