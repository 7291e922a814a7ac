/** What the benchmark needs to know of a tool, and what it says of one. */
import type { Said } from './score.ts';

export interface Command {
  readonly line: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Asked {
  readonly accountIds: readonly string[];
  /** Those whose role can be assumed. */
  readonly enterableIds: readonly string[];
  readonly regions: readonly string[];
  readonly roleArn: (accountId: string) => string;
  /** Of the sandbox; with the caller's keys. */
  readonly environment: Readonly<Record<string, string>>;
  /** For its settings and what it writes: empty, and gone afterwards. */
  readonly folder: string;
}

export interface Peer {
  readonly name: string;
  /** What was run, as it names itself: a version or a commit; `null`: it is not here. */
  version(): string | null;
  /** How it is to be had. */
  readonly from: string;
  /** How many of its commands run at one time, as its own documentation has it. */
  readonly atOnce: number;
  /** Writes its settings, and says how it is called. */
  commands(asked: Asked): Promise<readonly Command[]>;
  /** From what its commands printed, in their order, and what they wrote. */
  said(asked: Asked, ended: readonly Ended[]): Promise<Said>;
}

export interface PeerCounts {
  /** By `service:Operation`. */
  readonly calls: Readonly<Record<string, number>>;
  readonly throttled: number;
}

export interface ServerOptions {
  /** Every answer comes so much later. */
  readonly latencyMs: number;
  /** As `peerFleet` takes it. */
  readonly last: number;
}
