import type { ExceptionRecord, ResultHead } from '../../../domain/result/result.ts';
import type { OcsfVersion } from './version.ts';

const activities = { 1: 'Create', 2: 'Update', 3: 'Close' } as const;
const statuses = { 1: 'New', 2: 'In Progress', 3: 'Suppressed', 4: 'Resolved' } as const;
const complianceStatuses = { 0: 'Unknown', 1: 'Pass', 2: 'Warning', 3: 'Fail' } as const;

/** The result that events are about, and the release that they say they keep. */
export interface Origin {
  readonly head: ResultHead;
  readonly version: OcsfVersion;
}

export interface State {
  readonly activity: keyof typeof activities;
  readonly status: keyof typeof statuses;
}

export function eventOf(
  { activity, status }: State,
  [severityId, severity]: readonly [number, string],
  { head, version }: Origin,
): object {
  return {
    activity_id: activity,
    activity_name: activities[activity],
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2003,
    class_name: 'Compliance Finding',
    type_uid: 200_300 + activity,
    type_name: `Compliance Finding: ${activities[activity]}`,
    severity_id: severityId,
    severity,
    status_id: status,
    status: statuses[status],
    metadata: {
      version,
      product: { name: head.tool.name, vendor_name: head.tool.name, version: head.tool.version },
      profiles: ['cloud'],
      correlation_uid: head.run.id,
    },
  };
}

export function complianceStatus(id: keyof typeof complianceStatuses): object {
  return { status_id: id, status: complianceStatuses[id] };
}

export function exceptionInWords({ reason, owner, expires }: ExceptionRecord): string {
  return `Exception until ${expires} by ${owner}: ${reason}`;
}

export function cloudOf(
  accountId: string | null,
  accountName: string | null,
  region: string | null,
  { run }: ResultHead,
): object {
  return {
    provider: 'AWS',
    ...(region === null ? {} : { region }),
    account: {
      ...(accountId === null ? {} : { uid: accountId }),
      ...(accountName === null ? {} : { name: accountName }),
      type_id: 10,
      type: 'AWS Account',
    },
    ...(run.organizationId === null ? {} : { org: { uid: run.organizationId } }),
  };
}
