/** What delivering asks of AWS, in our words: single requests, which are paced and tried again behind them. */
import type { JsonObject } from '../domain/model/json.ts';
import type { Attempt } from '../pacing/call-result.ts';

/** Why one of several was refused. */
export interface RefusedEntry {
  readonly id: string;
  readonly code: string;
  readonly message: string;
}

/** Security Hub in one account and region. */
export interface FindingsHub {
  readonly accountId: string;
  readonly region: string;
  /** At most 100 findings; resolves with those that were refused. */
  importFindings(findings: readonly object[]): Promise<Attempt<readonly RefusedEntry[]>>;
  /** A page of the findings of this program that are active there, as the service has them. */
  activeFindings(
    token: string | null,
  ): Promise<Attempt<{ readonly items: readonly JsonObject[]; readonly next: string | null }>>;
}

/** What a bucket encrypts with, unless it is told otherwise; `null`: it does not say. */
export interface Encryption {
  readonly algorithm: string | null;
  readonly keyId: string | null;
}

/** A file on the disk, and where it goes. */
export interface FileToStore {
  readonly key: string;
  readonly file: string;
  readonly bytes: number;
  /** Base64. */
  readonly sha256: string;
}

export interface StoredObject {
  readonly bytes: number | null;
  /** Base64; `null`: it was stored without. */
  readonly sha256: string | null;
  readonly algorithm: string | null;
}

/** One bucket of S3. */
export interface ObjectStore {
  readonly bucket: string;
  encryption(): Promise<Attempt<Encryption>>;
  /** Resolves with whether it was written: `false` where an object of that key is there already, which stays as it is. */
  putNew(file: FileToStore, encryption: Encryption): Promise<Attempt<boolean>>;
  head(key: string): Promise<Attempt<StoredObject>>;
}

export interface BusEvent {
  readonly id: string;
  readonly type: string;
  /** ISO 8601. */
  readonly time: string;
  readonly resource: string;
  /** JSON. */
  readonly detail: string;
}

/** One bus of EventBridge. */
export interface EventBus {
  readonly bus: string;
  /** At most ten; resolves with those that were refused. */
  put(events: readonly BusEvent[]): Promise<Attempt<readonly RefusedEntry[]>>;
}
