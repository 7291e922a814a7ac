import { loadSettings } from '../config/settings/load-settings.ts';
import type { ResultHead } from '../domain/result/result.ts';
import type { Target } from '../deliver/targets.ts';
import { signalExitCode, type SignalExitCode } from '../domain/result/exit-code.ts';
import { UserError } from '../errors.ts';
import { undeliveredInWords } from '../report/text/exit-sentence.ts';
import { mergeResults } from '../result/merge/merge-results.ts';
import { requireTargets } from './deliver/open-channels.ts';
import { tellNight } from './deliver/tell-night.ts';
import type { Settings } from '../domain/settings.ts';
import type { ConnectionFlags } from './line/flags.ts';
import type { Settled } from './line/setting-flags.ts';
import { say, type Shell } from './output/shell.ts';
import { openBaseline } from './run/open-baseline.ts';
import { inScratchFolder } from './run/scratch-folder.ts';
import { openSavedResults } from './run/standard-input.ts';

export interface DeliverFlags extends ConnectionFlags, Settled {
  readonly to?: readonly string[];
  readonly config?: string;
  readonly baseline?: string;
  readonly deliveries?: string;
  /** The folder of a history that s3 takes along. */
  readonly history?: string;
  /** Milliseconds. */
  readonly maxAge: number;
}

/** Tells a saved night where people look. Resolves with 0, or with 4 where a channel could not be told. */
export async function deliver(
  files: readonly string[],
  flags: DeliverFlags,
  shell: Shell,
): Promise<0 | 4 | SignalExitCode> {
  const settings = loadSettings({ file: flags.config ?? null, flags: flags.settings, env: shell.env });
  const targets = requireTargets(flags.to ?? settings.deliver, shell.env);
  if (targets.length === 0)
    throw new UserError(
      'Say where to deliver: --to TARGET, or deliver: in the configuration; see mfa-drift deliver --help.',
    );
  requireBucket(flags, targets);
  try {
    return await delivered(files, flags, shell, { settings, targets });
  } catch (error) {
    if (!shell.signal.aborted || error !== shell.signal.reason) throw error;
    const code = signalExitCode(shell.signal);
    await say(shell, `exit ${code}: interrupted; what was delivered is remembered, and the same command goes on`);
    return code;
  }
}

function delivered(
  files: readonly string[],
  flags: DeliverFlags,
  shell: Shell,
  { settings, targets }: { readonly settings: Settings; readonly targets: readonly Target[] },
): Promise<0 | 4> {
  return inScratchFolder(async (folder) => {
    const tonight = mergeResults(await openSavedResults(files, folder), flags.maxAge);
    requireWhole(tonight.head);
    const baseline = await openBaseline(flags.baseline);
    const context = { settings, flags, shell, tonight };
    const told = await tellNight(targets, baseline?.result ?? null, context, shell.stdout);
    if (told.failed.length === 0) return 0;
    await say(shell, `exit 4: ${undeliveredInWords(told)}`);
    return 4;
  });
}

function requireBucket({ history }: DeliverFlags, targets: readonly Target[]): void {
  if (history === undefined || targets.some(({ kind }) => kind === 's3')) return;
  throw new UserError(
    '--history names the history that s3://BUCKET takes along, and nothing is delivered to S3: add --to s3://BUCKET, or leave --history out.',
  );
}

/** A part of a night would say that the rest of it is fixed or gone. */
function requireWhole({ run: { shard } }: ResultHead): void {
  if (shard !== null)
    throw new UserError(
      `The result is shard ${shard.index} of ${shard.count}, and a night is delivered whole: name the results of all shards.`,
    );
}
