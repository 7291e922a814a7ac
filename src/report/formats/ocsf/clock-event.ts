import type { ClockWarning } from '../../../domain/result/clock-warnings.ts';
import { cloudOf, complianceStatus, eventOf, type Origin } from './event.ts';
import { severities } from './finding-event.ts';

/** A check that neither passed nor failed: by which time exceptions were judged. */
export function clockEvent({ code, message }: ClockWarning, origin: Origin): object {
  const { run } = origin.head;
  const seen = Date.parse(run.finishedAt);
  return {
    ...eventOf({ activity: 1, status: 1 }, severities.info, origin),
    time: seen,
    message,
    finding_info: { uid: `mfa-drift/${code}`, title: message, types: ['Clock'], last_seen_time: seen },
    compliance: { control: "exceptions are judged by AWS's clock", ...complianceStatus(2), status_code: code },
    resources: [{ uid: run.organizationId ?? run.callerArn ?? 'organization', type: 'organization' }],
    cloud: cloudOf(null, null, null, origin.head),
  };
}
