/** What a conformance case is played against. */
import type { JsonObject } from '../../src/domain/model/json.ts';
import type { Case, Operation } from './case.ts';

/** Fills `${name}` in cases; a case that names one which an endpoint does not have is not played there. */
export type Variables = Readonly<Record<string, string>>;

export type Answer =
  | { readonly ok: true; readonly body: JsonObject }
  | { readonly ok: false; readonly name: string; readonly message: string };

/** One pool in the state that a case starts from; once the case has made another, that one. */
export interface StagedPool {
  readonly id: string;
  /** What a pool is called that the case makes. */
  readonly name: string;
  /** What only a staged pool has: `sub`, of its first user. */
  readonly variables: Variables;
  set(input: JsonObject): Promise<Answer>;
  get(): Promise<Answer>;
  describe(): Promise<Answer>;
  call(operation: Operation, input: JsonObject): Promise<Answer>;
  /** Takes the pool away again, and those that the case made; throws where that fails. */
  remove(): Promise<void>;
}

export interface Endpoint {
  readonly name: string;
  readonly variables: Variables;
  /** Whether questions have an answer that can be chosen, by switch; otherwise the endpoint's own is found out. */
  readonly hasSwitches: boolean;
  /** Throws `CannotStage` where the case's start is out of reach here. */
  stage(conformanceCase: Case, switches: Readonly<Record<string, string>>): Promise<StagedPool>;
  /** To be called at the end, whatever happened: takes away what a lost answer may have left. The ids of those pools. */
  close(): Promise<readonly string[]>;
}

/** A case that cannot be played at an endpoint; the message says why. */
export class CannotStage extends Error {
  override readonly name = 'CannotStage';
}
