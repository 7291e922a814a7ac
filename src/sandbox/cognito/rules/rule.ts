/** The forms that a rule of `SetUserPoolMfaConfig` and `GetUserPoolMfaConfig` takes in the table of `rules.ts`. */
import type { JsonObject, JsonValue } from '../../../domain/model/json.ts';
import type { ServiceError, StoredPool, Switches } from '../../world/stored-pool.ts';
import type { RequestField } from '../request-model.ts';

export type MfaMode = 'OFF' | 'ON' | 'OPTIONAL';

/** What the service does, in one sentence, and who says so. Conformance cases name the rule by its id. */
export interface Rule {
  readonly id: string;
  readonly says: string;
  readonly source: string;
}

/** One `SetUserPoolMfaConfig` on one pool. */
export interface SetCall {
  readonly pool: StoredPool;
  /** The members that the model knows; unknown ones and nulls are gone. */
  readonly request: JsonObject;
  /** The mode that is asked for; an omitted one reads as OFF. */
  readonly mode: MfaMode;
  readonly switches: Switches;
}

/** Refuses a request by its JSON alone, before anything else is looked at. */
export interface TypeRule extends Rule {
  refuse(input: JsonObject): ServiceError | null;
}

/** One kind of constraint of the model: the text of what the value misses, or `null`. All that a request misses are told at once. */
export interface ConstraintRule extends Rule {
  missed(value: JsonValue | undefined, field: RequestField): string | null;
}

/** Refuses a well-formed request; the first rule that does gives the answer. */
export interface RuleRefusal extends Rule {
  refuse(call: SetCall): ServiceError | null;
}

/** What is kept of a pool: its MFA configuration, and the settings that `DescribeUserPool` shows. */
export interface PoolState {
  readonly config: JsonObject;
  readonly userPool: JsonObject;
}

/** One step from the state before an accepted Set to the state after it. */
export interface Effect extends Rule {
  apply(state: PoolState, call: SetCall): PoolState;
}

/** One step from what is stored to what `GetUserPoolMfaConfig` answers. */
export interface AnswerRule extends Rule {
  answer(answer: JsonObject, pool: StoredPool, switches: Switches): JsonObject;
}

export function invalidParameter(message: string): ServiceError {
  return { name: 'InvalidParameterException', message, status: 400 };
}
