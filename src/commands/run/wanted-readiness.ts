/** The readiness of every pool that policies would turn ON, or whose factors they would take away, whatever else keeps it from that. */
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SignalExitCode } from '../../domain/result/exit-code.ts';
import { signalExitCode } from '../../domain/result/exit-code.ts';
import { settingsOf, type PoolSettings } from '../../domain/model/mfa/pool-settings.ts';
import type { ReadinessQuestion } from '../../domain/remediation/plan/readiness-gate.ts';
import { poolAccess } from '../../remediate/apply/pool-access.ts';
import { planFresh } from '../../remediate/plan/fresh-plan.ts';
import { accountsOf, drifting, type Drifting } from '../../remediate/plan/plan-organization.ts';
import type { ReadinessEntry } from '../../report/readiness.ts';
import { planContext } from '../change/remediation-rules.ts';
import type { ConnectionFlags, OutputFlags, PolicyFlags } from '../line/flags.ts';
import type { PlaceFlags } from '../line/pool-reference.ts';
import type { Shell } from '../output/shell.ts';
import { withAuditRun, type AuditRun } from './audit-run.ts';
import { withCallsShown, type Session } from './aws-session.ts';
import { loadInputs } from './inputs.ts';

export interface WantedReadiness {
  readonly entries: readonly ReadinessEntry[];
  /** Pools that were read, and whether all in scope were. */
  readonly poolsRead: number;
  readonly complete: boolean;
}

/** Measures one pool for what is asked of it. */
export type MeasurePool = (
  session: Session,
  pool: Drifting['record'],
  question: ReadinessQuestion,
  settings: PoolSettings,
) => Promise<Pick<ReadinessEntry, 'readiness' | 'failure' | 'measuredAt'>>;

/** Resolves with a signal's exit code where reading was interrupted. */
export async function wantedReadiness(
  flags: ConnectionFlags & OutputFlags & PolicyFlags & PlaceFlags,
  shell: Shell,
  measure: MeasurePool,
): Promise<WantedReadiness | SignalExitCode> {
  const loaded = await loadInputs(flags, shell, new Date());
  const runDir = join(tmpdir(), `mfa-drift-readiness-${randomUUID()}`);
  const reading = { ...flags, runDir, failOnNew: false, exitZero: true, resume: false, maxAge: 0 };
  return withAuditRun(loaded, reading, shell, false, async (run) => {
    if (run.reading.interrupted) return signalExitCode(shell.signal);
    const entries: ReadinessEntry[] = [];
    const accounts = await accountsOf(run.result);
    await withCallsShown('asking users', run.session, flags, shell, async () => {
      for await (const pool of drifting(run.result, accounts, run.session.calls.signal))
        entries.push(...(await entryOf(run, pool, measure)));
    });
    const { pools } = run.result.head.summary;
    return { entries, poolsRead: pools.total - pools.unreadable, complete: run.result.head.complete };
  });
}

/** Nothing for a pool whose users the policies would keep as they are; the primary's numbers are a replica's too. */
async function entryOf(run: AuditRun, { record, account }: Drifting, measure: MeasurePool): Promise<ReadinessEntry[]> {
  const { loaded, session, directory } = run;
  const { connection, calls, clock } = session;
  const { accountId, region, poolId, poolName } = record;
  const named = { account: accountId, region, poolId, poolName };
  const pools = poolAccess({ cloud: connection, calls, limits: loaded.settings.limits });
  const look = await pools.look(record);
  if (look.kind === 'gone' || record.replicaOf !== null) return [];
  const context = planContext(loaded, 'person', clock.latestAt(new Date(directory.startedAt)));
  const fresh = planFresh(context, { account, region, poolId, poolName }, look);
  if ('unplanned' in fresh) {
    const failure = { code: null, message: fresh.unplanned, remedy: '' };
    return [{ ...named, measuredAt: look.observedAt, waitsFor: null, readiness: null, failure }];
  }
  const question = fresh.question();
  if (question === null) return [];
  const measured = await measure(session, record, question, settingsOf(fresh.userPool ?? {}, region));
  return [{ ...named, waitsFor: question.waitsFor, ...measured }];
}
