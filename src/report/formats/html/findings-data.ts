/** What the page's script draws the findings from. */
import type { JsonValue } from '../../../domain/model/json.ts';
import type { ExceptionRecord, Finding, PoolRecord } from '../../../domain/result/result.ts';
import { poolBlameInWords } from '../../text/blame-words.ts';
import { waitInWords } from '../../text/finding-words.ts';
import { clipped } from '../../text/clip.ts';
import { visible } from '../../../escape/visible.ts';
import { foundInWords, wantedInWords } from '../../text/value-words.ts';
import { blockSafe } from './block-safe.ts';
import { consoleLink } from './console-link.ts';
import type { FindingData, PoolData } from './page/page-data.ts';

const configCharacters = 4000;
const valueCharacters = 500;

export interface FindingEvidence {
  readonly pool: PoolData;
  readonly finding: FindingData;
}

/** Draws findings one after the other; those of one pool share its evidence. */
export function newEvidence(fallbackFile: string): (pool: PoolRecord, finding: Finding) => FindingEvidence {
  let last: { readonly record: PoolRecord; readonly evidence: PoolData } | null = null;
  return (record, finding) => {
    if (last?.record !== record) last = { record, evidence: poolEvidence(record) };
    return { pool: last.evidence, finding: findingEvidence(finding, fallbackFile) };
  };
}

function poolEvidence(pool: PoolRecord): PoolData {
  return {
    account: pool.accountName === null ? null : visible(pool.accountName),
    accountId: visible(pool.accountId),
    region: visible(pool.region),
    name: visible(pool.poolName),
    id: visible(pool.poolId),
    arn: visible(pool.poolArn),
    link: consoleLink(pool.region, pool.poolId),
    observedAt: pool.observedAt,
    requestId: pool.requestId === null ? null : visible(pool.requestId),
    managedBy: pool.managedBy === null ? null : visible(pool.managedBy),
    lastChange: lastChangeOf(pool),
    replicaOf: pool.replicaOf === null ? null : visible(pool.replicaOf),
    unknownFields: pool.unknownFields.map(visible).join(', '),
    config: pool.config === null ? null : configText(pool.config),
  };
}

function lastChangeOf(pool: PoolRecord): string | null {
  const words = poolBlameInWords(pool);
  return words === null ? null : visible(words);
}

/** Indented JSON: its line ends are kept, and what is in its strings is shown. */
function configText(config: JsonValue): string {
  const text = JSON.stringify(config, null, 2).split('\n').map(visible).join('\n');
  return clipped(text, configCharacters);
}

function findingEvidence(finding: Finding, fallbackFile: string): FindingData {
  const uncovered = finding.policy === null;
  return {
    id: visible(finding.id),
    severity: finding.severity,
    status: finding.status,
    policy: finding.policy === null ? null : visible(finding.policy),
    path: visible(finding.path),
    wanted: uncovered ? 'a policy that matches' : shortened(wantedInWords(finding.expected)),
    found: uncovered ? 'none' : shortened(foundInWords(finding.actual)),
    file: visible(finding.file ?? fallbackFile),
    line: finding.line,
    change: finding.change,
    since: finding.since,
    exception: finding.exception === null ? null : exceptionInWords(finding.exception),
    refused: visible(waitInWords(finding.fix)),
  };
}

function shortened(words: string): string {
  return clipped(visible(words), valueCharacters);
}

export function exceptionInWords({ reason, owner, ticket, expires, expired }: ExceptionRecord): string {
  const who = ticket === null ? owner : `${owner}, ${ticket}`;
  return visible(`${expired ? 'expired' : 'until'} ${expires} (${who}): ${reason}`);
}

export function* dataBlock(kept: readonly FindingEvidence[]): Generator<string> {
  const pools = new Map<PoolData, number>();
  for (const { pool } of kept) if (!pools.has(pool)) pools.set(pool, pools.size);
  yield '<script type="application/json" id="findings-data">\n{"pools":[';
  let separator = '\n';
  for (const pool of pools.keys()) {
    yield `${separator}${blockSafe(pool)}`;
    separator = ',\n';
  }
  yield '\n],"findings":[';
  separator = '\n';
  for (const { pool, finding } of kept) {
    yield `${separator}${blockSafe({ ...finding, pool: pools.get(pool) })}`;
    separator = ',\n';
  }
  yield '\n]}\n</script>\n';
}
