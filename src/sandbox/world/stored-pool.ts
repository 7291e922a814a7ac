/** One user pool as the sandbox keeps it, in one region; a replica is a second one with its primary's id. */
import type { JsonObject } from '../../domain/model/json.ts';
import type { StoredUser } from './stored-user.ts';

export interface StoredPool {
  readonly accountId: string;
  readonly region: string;
  readonly id: string;
  readonly name: string;
  /** The region where the pool's global settings are set; differs from `region` for a replica. */
  readonly primaryRegion: string;
  /** What `GetUserPoolMfaConfig` answers, unknown members included. Always has `MfaConfiguration`. */
  readonly mfaConfig: JsonObject;
  /** The members of `DescribeUserPool`'s `UserPool`, without those that `mfaConfig` and the fields above decide. */
  readonly userPool: JsonObject;
  /** What `statedReads` answer, by operation; one that is not there is not known. */
  readonly answers?: Readonly<Record<string, JsonObject>>;
  /** In the order in which they are listed; none where the fleet says none. */
  readonly users?: readonly StoredUser[];
}

/** An answer of the service that is an error: its name, its text and the HTTP status. */
export interface ServiceError {
  readonly name: string;
  readonly message: string;
  readonly status: number;
}

/** What the fact sheet calls UNVERIFIED, each with every plausible answer; the first one is the sandbox's default. */
export type Switches = Readonly<Record<string, string>>;

export type SetOutcome =
  | { readonly ok: true; readonly pool: StoredPool; readonly answer: JsonObject }
  | { readonly ok: false; readonly error: ServiceError };
