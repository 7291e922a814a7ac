/** One way in which an answer can be wrong, or only odd: what it does, which operations can meet it, what it means. */
import type { GapCode } from '../../../src/domain/model/observation.ts';
import type { Fleet } from '../../../src/sandbox/fleet/fleet.ts';
import { operations, type Answer, type Call, type Delivery, type Operation } from '../answers.ts';

/** Where a kind strikes. */
export interface Target {
  readonly accountId: string;
  readonly region: string;
  readonly poolId: string;
}

export type Meaning =
  /** The answer says what it said before. */
  | 'same'
  /** There is no answer: a gap with this code. `what`: where it is not the operation's whole answer that is lost. */
  | { readonly lost: GapCode; readonly what?: 'State' | 'AssumeRole' }
  /** The answer says something else, and nothing in it tells that this is not so. */
  | { readonly world: (fleet: Fleet, at: Target) => Fleet };

export interface Kind {
  readonly name: string;
  readonly meets: readonly Operation[];
  /** The service does not see the request; somebody else answers. */
  readonly isInstead?: boolean;
  /** Of the requests that it could strike it strikes so many, the first ones; default all. */
  readonly times?: number;
  /** The request ends by the time-out. */
  readonly hangs?: boolean;
  readonly means: Meaning | ((operation: Operation) => Meaning);
  /** `at`: where it strikes, of what a listing says of many. */
  change(answer: Answer, call: Call, at: Target): Delivery;
}

export const stsOperations: readonly Operation[] = ['GetCallerIdentity', 'AssumeRole'];
export const jsonOperations = operations.filter((each) => !stsOperations.includes(each));
/** Their answers are read member by member; that of Set only has to be one. */
export const readOperations = jsonOperations.filter((each) => each !== 'SetUserPoolMfaConfig');

export function meaningOf({ means }: Kind, operation: Operation): Meaning {
  return typeof means === 'function' ? means(operation) : means;
}
