import type { ResolvedFinding } from '../../../domain/result/result.ts';
import { findingInWords, poolInWords, resolvedInWords } from '../../text/finding-words.ts';
import { cloudOf, complianceStatus, eventOf, type Origin } from './event.ts';
import { resourceOf, severities } from './finding-event.ts';

/** Closes the finding that an earlier run opened. Only what was put right passes; of the rest nothing is claimed. */
export function resolvedEvent(finding: ResolvedFinding, origin: Origin): object {
  const seen = Date.parse(origin.head.run.finishedAt);
  const sentence = findingInWords(finding);
  const because = resolvedInWords(finding.reason);
  return {
    ...eventOf({ activity: 3, status: 4 }, severities[finding.severity], origin),
    time: seen,
    status_detail: because,
    message: `${poolInWords(finding)}: ${because}: ${sentence}`,
    finding_info: {
      uid: finding.id,
      title: sentence,
      types: ['Configuration drift'],
      first_seen_time: Date.parse(finding.since),
      last_seen_time: seen,
    },
    compliance: {
      control: finding.policy ?? 'every pool is matched by a policy',
      ...complianceStatus(finding.reason === 'fixed' ? 1 : 0),
    },
    resources: [resourceOf({ ...finding, tags: null })],
    cloud: cloudOf(finding.accountId, finding.accountName, finding.region, origin.head),
  };
}
