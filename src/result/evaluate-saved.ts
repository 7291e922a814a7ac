import { randomUUID } from 'node:crypto';
import { assembleResult } from './assemble.ts';
import { referenceTo } from './compare.ts';
import { replay } from './saved-observations.ts';
import { openResultFiles } from './saved/store.ts';
import { completeResult } from './complete.ts';
import type { Result, RunInfo, Summary } from '../domain/result/result.ts';
import { version } from '../version.ts';
import { newRunEvaluator, type ExitFlags } from './run-evaluator.ts';
import { policyRecords } from '../domain/policy/policy-records.ts';
import type { RunInputs } from '../domain/policy/run-inputs.ts';

export interface SavedRun {
  readonly loaded: RunInputs;
  readonly saved: Result;
  /** As the user named the saved result. */
  readonly file: string;
  /** Where the new result is written. */
  readonly folder: string;
  readonly flags: ExitFlags;
  readonly now: Date;
}

/** Judges what the saved run read by the policies of now. What was not read stays so: the result is no more whole. */
export async function evaluateSaved(run: SavedRun): Promise<Result> {
  const { loaded, saved, file, folder, flags, now } = run;
  const rule = { failOn: loaded.settings.failOn, failOnNew: flags.failOnNew };
  const policies = newRunEvaluator(loaded, now, true);
  const writer = await openResultFiles(folder);
  const replayed = await replay(saved, file);
  const counted = await assembleResult(replayed.observed, policies.evaluator, rule, writer);
  await replayed.close();
  const summary: Summary = {
    ...counted,
    changes: null,
    remediation: null,
    api: { calls: 0, throttled: 0, retried: 0 },
  };
  const { scope } = saved.head.run;
  const head = {
    schemaVersion: '1',
    tool: { name: 'mfa-drift', version },
    run: runInfo(run),
    redacted: saved.head.redacted,
    summary,
  } as const;
  const ending = { signal: null, changesFailed: false, exitZero: flags.exitZero };
  const isPart = saved.head.run.shard !== null || Object.keys(scope.filters).length > 0;
  return writer.result(completeResult(head, ending, policies.warnings(isPart)));
}

/** Who read what, and within which scope, is the saved run's; policies and verdicts are this one's. */
function runInfo({ loaded, saved, flags, now }: SavedRun): Omit<RunInfo, 'exitCode'> {
  const { sourceFolder: _earlier, ...read } = saved.head.run;
  return {
    ...read,
    id: randomUUID(),
    startedAt: now.toISOString(),
    clocks: 'own',
    finishedAt: new Date().toISOString(),
    failOn: loaded.settings.failOn,
    failOnNew: flags.failOnNew,
    baseline: null,
    from: referenceTo(saved.head),
    policySetSha256: loaded.set.sha256,
    policySet: policyRecords(loaded.set),
    policies: loaded.files,
    ...(loaded.sourceFolder === '' ? {} : { sourceFolder: loaded.sourceFolder }),
  };
}
