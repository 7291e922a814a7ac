/** How many users are ready reaches every format that speaks of pools to a program. */
import { describe, expect, it } from 'vitest';
import { asff } from '../../src/report/formats/asff/asff.ts';
import { csv } from '../../src/report/formats/csv.ts';
import { html } from '../../src/report/formats/html/html.ts';
import { ocsf } from '../../src/report/formats/ocsf/ocsf.ts';
import { remediationInWords } from '../../src/report/text/remediation-words.ts';
import type { Result } from '../../src/domain/result/result.ts';
import { aFinding, aPool, aResult, textOf } from './a-result.ts';
import { plainOptions } from './plain-options.ts';

/** 96 of 100 could still sign in, which is not enough for 98 %. */
const readiness = {
  measuredAt: '2026-11-22T02:14:30.000Z',
  waitsFor: 0.98,
  enrolment: null,
  design: 'counted',
  population: 100,
  asked: 100,
  outcomes: { ready: 96, 'must-enrol': 1, 'locked-out': 3, 'passkey-only': 0 },
  shares: { 'as-written': { share: 0.96, low: 0.9, high: 0.99 }, lenient: { share: 0.97, low: 0.91, high: 0.995 } },
  lockedOutAtMost: 10,
} as const;

const fix = { risk: null, refused: 'rolling-out', status: 'rolling-out' } as const;
const measured = aResult({ pools: [aPool({ readiness, findings: [aFinding({ fix })] })] });
const unmeasured = aResult({ pools: [aPool({ readiness: null, findings: [aFinding()] })] });

describe('readiness', () => {
  it('has its columns in CSV, empty where nobody was asked', async () => {
    const rows = async (result: Result) => {
      const [head = '', row = ''] = (await textOf(csv(result))).split('\r\n');
      const cells = row.split(',');
      return Object.fromEntries(head.split(',').map((name, at) => [name, cells.at(at - head.split(',').length)]));
    };
    expect(await rows(measured)).toMatchObject({
      fix_status: 'rolling-out',
      fix_refused: 'rolling-out',
      ready: '0.96',
      ready_low: '0.9',
      ready_high: '0.99',
      ready_lenient: '0.97',
      ready_waits_for: '0.98',
      ready_users: '100',
      locked_out_at_most: '10',
      ready_measured_at: '2026-11-22T02:14:30.000Z',
    });
    expect(await rows(unmeasured)).toMatchObject({ ready: '', ready_low: '', locked_out_at_most: '' });
  });

  it('is evidence in OCSF', async () => {
    const [event] = JSON.parse(await textOf(ocsf(measured, plainOptions)));
    expect(event.evidences[0].data.readiness).toEqual(readiness);
    const [without] = JSON.parse(await textOf(ocsf(unmeasured, plainOptions)));
    expect(without.evidences[0].data).not.toHaveProperty('readiness');
  });

  it('is in the product fields of ASFF, in words and in numbers', async () => {
    const [finding] = JSON.parse(await textOf(asff(measured, plainOptions)));
    expect(finding.ProductFields).toMatchObject({
      'mfa-drift/Readiness': expect.stringContaining('of 100 local users could still sign in'),
      'mfa-drift/Ready': '0.96',
      'mfa-drift/ReadyLow': '0.9',
      'mfa-drift/ReadyWaitsFor': '0.98',
      'mfa-drift/LockedOutAtMost': '10',
    });
    // At most 50 (Security Hub user guide, ASFF).
    expect(Object.keys(finding.ProductFields).length).toBeLessThanOrEqual(50);
  });

  it('is linked to from the top of the page, where there is something to see', async () => {
    expect(await textOf(html(measured, plainOptions))).toContain('<a href="#ready">Ready</a>');
    expect(await textOf(html(unmeasured, plainOptions))).not.toContain('#ready"');
  });
});

it('a rollout that goes on is no refusal', () => {
  const none = { applied: 0, unchanged: 0, refused: 0, stale: 0, failed: 0, unknown: 0, 'not-started': 0 };
  const words = (refused: number, rollingOut: number) =>
    remediationInWords({ outcomes: { ...none, refused }, rollingOut, journal: null, stop: null });
  expect(words(1, 1)).toBe('1 pool is rolling out');
  expect(words(3, 1)).toBe('2 changes refused; 1 pool is rolling out');
});
