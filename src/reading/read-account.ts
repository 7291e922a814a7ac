/** One account: its credentials, its regions, and its units on their way to the sweep. */
import type { Account } from '../domain/model/observation.ts';
import { accountRegions, type AccountRegions } from './accounts/account-regions.ts';
import type { AccountCalls } from '../ports/cloud.ts';
import type { Attempt } from '../pacing/call-result.ts';
import { finishWithout, unitObservation } from './read-unit.ts';
import type { ReadingRun } from './reading-run.ts';
import { accountDone, sweepUnit, type AccountReading } from './open-unit.ts';

/** Brings the account's units to the sweep. Resolves when all are in its line; they are read from there on. */
export async function readAccount(run: ReadingRun, account: Account): Promise<void> {
  const calls = run.cloud.account(account.id);
  const ready = await entered(run, calls);
  if (!ready.ok) {
    run.registry.gap(account, ready.failure);
    accountDone(run, account);
    return;
  }
  const regions = await accountRegions(run, account.id, calls);
  run.registry.amend(account.id, { regionsNotAudited: regions.notAudited });
  await skipRegions(run, account.id, regions);
  await sweepRegions(run, account, calls, regions);
}

async function entered({ calls, confirming }: ReadingRun, account: AccountCalls): Promise<Attempt<void>> {
  if (confirming === null) return account.ready();
  return calls.run(
    confirming,
    () => account.confirm(),
    () => account.ready(),
  );
}

async function skipRegions(
  { sink, calls, progress }: ReadingRun,
  accountId: string,
  regions: AccountRegions,
): Promise<void> {
  for (const region of regions.skipped) {
    progress.unitsDone += 1;
    if (sink.isFinished(accountId, region)) continue;
    const unit = unitObservation({ accountId, region }, { skipReason: 'region-not-enabled' }, calls.clock.date());
    await finishWithout(sink, unit);
  }
}

async function sweepRegions(
  run: ReadingRun,
  account: Account,
  calls: AccountCalls,
  regions: AccountRegions,
): Promise<void> {
  const open = regions.read.filter(({ region }) => !run.sink.isFinished(account.id, region));
  run.progress.unitsDone += regions.read.length - open.length;
  run.progress.unitsFound += regions.read.length + regions.skipped.length;
  const reading: AccountReading = {
    run,
    account,
    calls,
    isAccepted: regions.areCredentialsAccepted,
    unopened: open.length,
    unfinished: open.length,
    doubts: [],
  };
  if (open.length === 0) accountDone(run, account);
  for (const { region, optIn } of open) await run.sweep.add(() => sweepUnit(reading, region, optIn));
}
