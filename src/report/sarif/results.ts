import type { Finding, PoolRecord } from '../../domain/result.ts';
import { visible } from '../escape/visible.ts';
import { findingInWords, poolInWords } from '../finding-words.ts';
import { messageText } from './message.ts';
import { levels, ruleId } from './rules.ts';

/** One finding at its line of the policy, with the pool as its logical place. */
export function sarifResult(pool: PoolRecord, finding: Finding, ruleIndex: number, fallbackFile: string): object {
  return {
    ruleId: ruleId(finding),
    ruleIndex,
    level: levels[finding.severity],
    message: messageText(`${poolInWords(pool)}: ${findingInWords(finding)}.`),
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: relativeUri(finding.file ?? fallbackFile), uriBaseId: '%SRCROOT%' },
          region: regionOf(finding),
        },
        logicalLocations: [
          { name: visible(pool.poolName), fullyQualifiedName: visible(pool.poolArn), kind: 'resource' },
        ],
      },
    ],
    // GitHub tells alerts apart by this one alone; many findings share a line.
    partialFingerprints: { primaryLocationLineHash: `${visible(finding.id)}:1` },
    ...baselineOf(finding),
    properties: {
      severity: finding.severity,
      accountId: pool.accountId,
      region: pool.region,
      poolId: visible(pool.poolId),
      path: visible(finding.path),
      observedAt: pool.observedAt,
    },
  };
}

function regionOf({ line, column }: Finding): object {
  if (line === null) return { startLine: 1 };
  return column === null ? { startLine: line } : { startLine: line, startColumn: column };
}

function baselineOf({ change }: Finding): object {
  if (change === null) return {};
  return { baselineState: change === 'new' ? 'new' : 'unchanged' };
}

/** A relative reference (RFC 3986): what a path may hold and a URI may not is percent-encoded. */
function relativeUri(file: string): string {
  return file
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replaceAll('\\', '/')
    .split('/')
    .map((segment) => encodeURIComponent(segment))
    .join('/');
}
