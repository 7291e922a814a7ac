import type { ExceptionRecord, Finding, PoolRecord } from '../../../domain/result/result.ts';
import { visible } from '../../../escape/visible.ts';
import { findingInWords, poolInWords } from '../../text/finding-words.ts';
import { sentence } from '../../text/sentence.ts';
import type { SourceRoots } from '../../text/source-path.ts';
import { artifactLocation } from './location.ts';
import { messageText } from './message.ts';
import { levels, ruleId } from './rules.ts';

/** Where a result's places are, and where one without a file of its own points. */
export interface Places {
  readonly roots: SourceRoots;
  readonly fallbackFile: string;
}

/** One finding at its line of the policy, with the pool as its logical place. */
export function sarifResult(pool: PoolRecord, finding: Finding, ruleIndex: number, places: Places): object {
  return {
    ruleId: ruleId(finding),
    ruleIndex,
    level: levels[finding.severity],
    message: messageText(sentence(`${poolInWords(pool)}: ${findingInWords(finding)}`)),
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifactLocation(finding.file ?? places.fallbackFile, places.roots),
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
    suppressions: finding.status === 'excepted' && finding.exception ? [suppression(finding.exception, places)] : [],
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

/** The exception, where it is written. Either every result of a run has this member or none has (SARIF 2.1.0, 3.27.23). */
function suppression({ reason, owner, ticket, expires, file, line }: ExceptionRecord, { roots }: Places): object {
  const who = ticket === null ? owner : `${owner}, ${ticket}`;
  return {
    kind: 'external',
    status: 'accepted',
    justification: messageText(sentence(`${reason} (${who}, until ${expires})`)).text,
    location: {
      physicalLocation: { artifactLocation: artifactLocation(file, roots), region: { startLine: line } },
    },
  };
}
