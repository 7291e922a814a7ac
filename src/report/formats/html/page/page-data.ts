/** What the page carries for its script, in two blocks of JSON; whoever writes them and the script both go by this. */

/** Worst first, as the script sorts them. */
export const severityOrder = ['critical', 'high', 'medium', 'low', 'info'] as const;

export interface PoolData {
  readonly account: string | null;
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  /** To the AWS console; `null` where its region has none that is known. */
  readonly link: string | null;
  readonly observedAt: string;
  readonly requestId: string | null;
  readonly managedBy: string | null;
  /** Who changed it last, in words; `null`: nobody asked. */
  readonly lastChange: string | null;
  readonly replicaOf: string | null;
  readonly unknownFields: string;
  /** Indented JSON, shortened; `null`: was not read. */
  readonly config: string | null;
}

export interface FindingData {
  readonly id: string;
  readonly severity: (typeof severityOrder)[number];
  readonly status: 'drift' | 'excepted' | 'fixed';
  /** `null`: no policy matches. */
  readonly policy: string | null;
  readonly path: string;
  readonly wanted: string;
  readonly found: string;
  readonly file: string;
  readonly line: number | null;
  readonly change: 'new' | 'persisting' | null;
  readonly since: string | null;
  readonly exception: string | null;
  readonly refused: string;
}

/** `#findings-data`; a finding's `pool` is an index. */
export interface FindingsData {
  readonly pools: readonly PoolData[];
  readonly findings: readonly (FindingData & { readonly pool: number })[];
}

/** What a column of the findings' table sorts by. */
export type SortKey = 'severityRank' | 'name' | 'account' | 'path' | 'wanted' | 'policy' | 'since';

/** Values that repeat, each once; rows have their indexes. */
export type SharedData = readonly (readonly (string | null)[])[];

/** A pool in a line; `status`, `account`, `region` and `policies` are indexes, `findings` a count. */
export type PoolRow = readonly [
  status: number,
  name: string,
  id: string,
  account: number,
  region: number,
  policies: number,
  readAt: string,
  findings: number,
];

/** `#pools-data` */
export interface PoolsData {
  readonly rows: readonly PoolRow[];
  /** Name, words and class of each. */
  readonly statuses: readonly (readonly [status: string, words: string, look: string])[];
  /** Id and name. */
  readonly accounts: SharedData;
  readonly regions: SharedData;
  /** Names of those that a pool was judged by. */
  readonly policies: SharedData;
}
