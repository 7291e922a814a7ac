import { expect, test } from 'vitest';
import { newPoolCounts } from '../../../src/domain/result/pool-counts.ts';
import { aFinding, aPool } from '../../report/a-result.ts';

const noPools = { total: 0, compliant: 0, drifted: 0, excepted: 0, uncovered: 0, unreadable: 0 };
const noFindings = { critical: 0, high: 0, medium: 0, low: 0, info: 0, fixed: 0 };

test('nothing counts as nothing', () => {
  const counts = newPoolCounts({ failOn: 'low', failOnNew: false });
  expect(counts.summary()).toEqual({ pools: noPools, findings: noFindings, drift: { pools: 0, failing: 0 } });
});

test('a pool counts once, its findings each by severity, and what is excused by neither', () => {
  const counts = newPoolCounts({ failOn: 'medium', failOnNew: false });
  counts.add(aPool({ status: 'compliant' }));
  counts.add(
    aPool({
      status: 'drifted',
      findings: [aFinding({ severity: 'high' }), aFinding({ severity: 'low' }), aFinding({ status: 'excepted' })],
    }),
  );
  counts.add(aPool({ status: 'excepted', findings: [aFinding({ status: 'excepted' })] }));
  expect(counts.summary()).toEqual({
    pools: { ...noPools, total: 3, compliant: 1, drifted: 1, excepted: 1 },
    findings: { ...noFindings, high: 1, low: 1 },
    drift: { pools: 1, failing: 1 },
  });
});

test('drift below the floor is drift, and fails nothing', () => {
  const counts = newPoolCounts({ failOn: 'medium', failOnNew: false });
  counts.add(aPool({ status: 'drifted', findings: [aFinding({ severity: 'info' })] }));
  counts.add(aPool({ status: 'drifted', findings: [aFinding({ severity: 'low' }), aFinding({ severity: 'medium' })] }));
  expect(counts.summary()).toMatchObject({
    findings: { ...noFindings, info: 1, low: 1, medium: 1 },
    drift: { pools: 2, failing: 1 },
  });
});

test('what was put right is counted apart, whatever its severity', () => {
  const counts = newPoolCounts({ failOn: 'low', failOnNew: false });
  counts.add(aPool({ findings: [aFinding({ status: 'fixed', severity: 'high' })] }));
  counts.add(
    aPool({ status: 'drifted', findings: [aFinding({ status: 'fixed' }), aFinding({ severity: 'critical' })] }),
  );
  expect(counts.summary()).toMatchObject({
    findings: { ...noFindings, critical: 1, fixed: 2 },
    drift: { pools: 1, failing: 1 },
  });
});
