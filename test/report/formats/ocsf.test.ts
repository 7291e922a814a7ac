import { describe, expect, test } from 'vitest';
import type { ResolvedReason, Result } from '../../../src/domain/result/result.ts';
import { ocsf } from '../../../src/report/formats/ocsf/ocsf.ts';
import { ocsfVersions, type OcsfVersion } from '../../../src/report/formats/ocsf/version.ts';
import { aFinding, aGap, anException, aPool, aResolved, aResult, textOf } from '../a-result.ts';
import { everything } from '../everything.ts';
import { complianceFinding } from './ocsf-class.ts';
import { plainOptions } from '../plain-options.ts';
import { program, without } from '../../programs.ts';

async function eventsOf(result: Result, ocsfVersion?: OcsfVersion) {
  return JSON.parse(
    await textOf(ocsf(result, ocsfVersion === undefined ? plainOptions : { ...plainOptions, ocsfVersion })),
  );
}

/** OCSF 1.8.0: what base_event, finding, compliance_finding and the cloud profile require, and their enumerations. */
test('every event has what the Compliance Finding class requires, and captions that fit their ids', async () => {
  const events = await eventsOf(everything());
  expect(events).toHaveLength(8 + 7 + 3);
  for (const event of events) {
    expect(event).toMatchObject({
      class_uid: 2003,
      category_uid: 2,
      metadata: { version: '1.8.0', profiles: ['cloud'] },
    });
    expect(event.type_uid).toBe(2003 * 100 + event.activity_id);
    expect({ 1: 'Create', 2: 'Update', 3: 'Close' }).toHaveProperty(String(event.activity_id), event.activity_name);
    expect({ 1: 'New', 2: 'In Progress', 3: 'Suppressed', 4: 'Resolved' }).toHaveProperty(
      String(event.status_id),
      event.status,
    );
    expect(['Unknown', 'Informational', 'Low', 'Medium', 'High', 'Critical'][event.severity_id]).toBe(event.severity);
    expect(['Unknown', 'Pass', 'Warning', 'Fail'][event.compliance.status_id]).toBe(event.compliance.status);
    expect(Number.isSafeInteger(event.time)).toBe(true);
    expect(event.metadata.product.name).toBe('mfa-drift');
    expect(event.finding_info.uid).toMatch(/./);
    expect(event.cloud.provider).toBe('AWS');
  }
});

/** Each was looked up in the releases from 1.5.0 to 1.8.0; what is not here has to be, before it is written. */
const attributes = new Set(
  [
    'activity_id activity_name category_name category_uid class_name class_uid cloud compliance evidences finding_info',
    'message metadata remediation resources severity severity_id status status_detail status_id time type_name type_uid',
    'cloud.account cloud.account.name cloud.account.type cloud.account.type_id cloud.account.uid cloud.org cloud.org.uid',
    'cloud.provider cloud.region compliance.control compliance.desc compliance.requirements compliance.status',
    'compliance.status_code compliance.status_details compliance.status_id evidences.data evidences.name',
    'finding_info.first_seen_time finding_info.last_seen_time finding_info.title finding_info.types finding_info.uid',
    'metadata.correlation_uid metadata.product metadata.product.name metadata.product.vendor_name',
    'metadata.product.version metadata.profiles metadata.version remediation.desc resources.cloud_partition',
    'resources.name resources.owner resources.owner.account resources.owner.account.name resources.owner.account.uid',
    'resources.region resources.tags resources.tags.name resources.tags.value resources.type resources.uid',
  ].flatMap((line) => line.split(' ')),
);

/** Paths of attributes; what is below `evidences.data` is JSON of ours. */
function pathsIn(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => pathsIn(each, path));
  if (typeof value !== 'object' || value === null || path === 'evidences.data.') return [];
  return Object.entries(value).flatMap(([name, each]) => [`${path}${name}`, ...pathsIn(each, `${path}${name}.`)]);
}

test('no attribute is written that was not looked up', async () => {
  const tagged = aPool({ poolId: 'eu-west-1_Tagged', tags: { env: 'prod' }, findings: [aFinding()] });
  const events = [...(await eventsOf(everything())), ...(await eventsOf(aResult({ pools: [tagged] })))];
  expect(new Set(pathsIn(events, ''))).toEqual(attributes);
});

const clone = program('releases of ocsf-schema');
const missing = without('releases of ocsf-schema');

describe.skipIf(clone === null).each(ocsfVersions)(`OCSF %s${missing}`, (ocsfVersion) => {
  test('has every attribute, type, caption and constraint of what is written as that version', async () => {
    const schema = complianceFinding(clone ?? '', ocsfVersion);
    const events = await eventsOf(everything(), ocsfVersion);
    expect(events.flatMap((event: Record<string, unknown>) => schema.complaintsAbout(event))).toEqual([]);
    expect(events[0].metadata.version).toBe(ocsfVersion);
  });

  test('complains of what it does not know', async () => {
    const [event] = await eventsOf(everything(), ocsfVersion);
    const wrong = { ...event, invented: 1, type_uid: 200_398, compliance: { status_id: 3, status: 'Pass' } };
    expect(complianceFinding(clone ?? '', ocsfVersion).complaintsAbout(wrong)).toEqual([
      'type_uid: 200398 is unknown',
      'compliance.status: is not Fail',
      'invented: is no attribute of compliance_finding',
    ]);
  });
});

test('drift fails, a gap is a check without result', async () => {
  const [gap, drift] = await eventsOf(
    aResult({ gaps: [aGap()], pools: [aPool({ status: 'drifted', findings: [aFinding()] })] }),
  );
  expect(gap).toMatchObject({ severity: 'Unknown', compliance: { status: 'Warning', status_code: 'AccessDenied' } });
  expect(drift).toMatchObject({
    severity: 'High',
    time: Date.UTC(2026, 10, 18, 2, 13, 7),
    compliance: { status: 'Fail', control: 'prod-customers', requirements: ['NIST-800-63B-4 AAL2', 'CIS-8.1 6.3'] },
    resources: [
      { uid: 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Ab12Cd34E', region: 'eu-west-1' },
    ],
    cloud: { account: { uid: '111122223333', type_id: 10 }, org: { uid: 'o-a1b2c3d4e5' } },
  });
});

test.each([
  [aFinding({ change: 'new' }), 'Create', 'New'],
  [aFinding({ change: 'persisting', since: '2026-11-01T00:00:00.000Z' }), 'Update', 'In Progress'],
  [aFinding({ status: 'excepted', exception: anException }), 'Update', 'Suppressed'],
  [aFinding({ status: 'fixed' }), 'Close', 'Resolved'],
])('a finding in state %#', async (finding, activity, status) => {
  const [event] = await eventsOf(aResult({ pools: [aPool({ findings: [finding] })] }));
  expect(event).toMatchObject({ activity_name: activity, status });
});

test.each<[ResolvedReason, string]>([
  ['fixed', 'Pass'],
  ['pool-gone', 'Unknown'],
  ['account-left', 'Unknown'],
  ['policy-changed', 'Unknown'],
])('what is resolved (%s) is closed under its id, and only a fix passes', async (reason, status) => {
  const [event] = await eventsOf(aResult({ resolved: [aResolved({ id: 'f-1', reason })] }));
  expect(event).toMatchObject({
    activity_name: 'Close',
    status: 'Resolved',
    compliance: { status },
    finding_info: { uid: 'f-1', first_seen_time: Date.UTC(2026, 10, 1, 2, 11, 30) },
  });
});

test('what an exception excuses is told once, suppressed', async () => {
  const excused = aFinding({ id: 'f-1', status: 'excepted', exception: anException, change: 'persisting' });
  const result = aResult({
    pools: [aPool({ findings: [excused] })],
    resolved: [aResolved({ id: 'f-1', reason: 'excepted' })],
  });
  expect(await eventsOf(result)).toMatchObject([{ status: 'Suppressed' }]);
});

test('ids are the same in another run', async () => {
  const uids = (events: { finding_info: { uid: string } }[]): string[] => events.map((event) => event.finding_info.uid);
  const records = { gaps: [aGap()], pools: [aPool({ status: 'drifted', findings: [aFinding()] })] };
  const later = { ...records, run: { id: 'run-2', finishedAt: '2026-11-19T02:14:01.000Z' } };
  expect(uids(await eventsOf(aResult(later)))).toEqual(uids(await eventsOf(aResult(records))));
});
