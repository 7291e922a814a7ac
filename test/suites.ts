/**
 * What runs when. `npm test` tries everything from fixed seeds, and a part of what is endless; `npm run test:quick` leaves
 * out the slow files named here; `npm run test:extended` draws a seed and tries much more of what is endless.
 */
import { randomInt } from 'node:crypto';

const fixedSeed = 20_261_128;

/** `MFA_DRIFT_SEED`, where it is set: so a drawn seed is played again. */
export function seedOf(isExtended: boolean): number {
  const given = process.env['MFA_DRIFT_SEED'];
  if (given !== undefined && given !== '') return Number(given);
  return isExtended ? randomInt(2 ** 31 - 1) : fixedSeed;
}

/** These are for `npm run test:extended` alone. */
export const extendedOnly = 'test/**/*.extended.test.ts';

/**
 * What `npm run test:quick` leaves out, with the seconds that each takes in `npm test`, alone on two cores. The rest is to
 * take less than 90 s there: a file that takes more than ten belongs here, and some that take less. So does one of `alone`.
 */
export const leftOutOfQuick: Readonly<Record<string, number>> = {
  'test/end-to-end/resume.test.ts': 30,
  'test/aws/sign-in/proxied.test.ts': 13,
  'test/commands/sandbox-command.test.ts': 13,
  'test/remediate/audit-remediate.test.ts': 13,
  'test/remediate/kill.test.ts': 13,
  'test/faults/table.test.ts': 12,
  'test/remediate/identity.test.ts': 12,
  'test/lock/lock.test.ts': 10,
  'test/end-to-end/arrival-order.test.ts': 9,
  'test/reading/read-organization.test.ts': 9,
  'test/remediate/plan/plan-rollback.test.ts': 9,
  'test/domain/remediation/enumeration.test.ts': 8,
  'test/end-to-end/faults.test.ts': 8,
  'test/end-to-end/log.test.ts': 8,
  'test/history/in-chromium.test.ts': 7,
  'test/remediate/documentation.test.ts': 10,
  'test/remediate/readiness.test.ts': 7,
  'test/remediate/troubles.test.ts': 7,
  'test/remediate/wrong-clock.test.ts': 7,
  'test/attack/damaged-files.test.ts': 6,
  'test/commands/init.test.ts': 6,
  'test/reading/doubtful-answers.test.ts': 6,
  'test/commands/audit-from-saved.test.ts': 5,
  'test/deliver/deliver.test.ts': 5,
  'test/end-to-end/generated-organizations.test.ts': 5,
  'test/end-to-end/shards.test.ts': 5,
  'test/history/evidence.test.ts': 5,
  'test/remediate/refusals.test.ts': 5,
  'test/commands/getting-started.test.ts': 4,
  'test/commands/one-pool-commands.test.ts': 4,
  'test/end-to-end/blame.test.ts': 4,
  'test/end-to-end/report-streams.test.ts': 4,
  'test/history/history.test.ts': 4,
  'test/reading/flat-memory.test.ts': 4,
  'test/reading/readiness/coverage.test.ts': 4,
  'test/remediate/after-writes.test.ts': 4,
  'test/remediate/permission.test.ts': 4,
  'test/report/formats/html/in-chromium.test.ts': 4,
  'test/result/saved/flat-memory.test.ts': 7,
  'test/remediate/apply/rollback.test.ts': 3,
  'test/remediate/plan/read-plan.test.ts': 3,
  'test/report/formats/sarif.test.ts': 3,
  'test/end-to-end/source-folder.test.ts': 2,
  'test/commands/demo.test.ts': 2,
  'test/remediate/rollout.test.ts': 2,
  'test/remediate/sms.test.ts': 2,
  'test/commands/history.test.ts': 1,
  'test/deploy/built.test.ts': 1,
  'test/end-to-end/bad-input.test.ts': 1,
  'test/end-to-end/odd-nights.test.ts': 1,
  'test/end-to-end/wrong-clock.test.ts': 1,
  'test/lock/without-links.test.ts': 1,
  'test/remediate/story.test.ts': 1,
  'test/result/saved/result-page.test.ts': 1,
};

/** Of those, the ones that mock modules or measure the heap: each has its modules for itself. */
export const alone: readonly string[] = [
  'test/lock/without-links.test.ts',
  'test/reading/flat-memory.test.ts',
  'test/remediate/audit-remediate.test.ts',
  'test/remediate/troubles.test.ts',
];
