/** The deliveries that the configuration asks for at the end of an audit. No verdict and no report waits for them. */
import { signalExitCode, type ExitCode } from '../../domain/result/exit-code.ts';
import type { Result } from '../../domain/result/result.ts';
import type { Settings } from '../../domain/settings.ts';
import type { Target } from '../../deliver/targets.ts';
import { exitSentence } from '../../report/text/exit-sentence.ts';
import type { AuditFlags } from '../line/flags.ts';
import { commandLine } from '../../report/text/shell-words.ts';
import { deliveringAgain } from '../output/next-steps.ts';
import { say, type Shell } from '../output/shell.ts';

/** Before anything is read. A part of a night would say that the rest of it is fixed or gone, so none is told. */
export async function targetsOfAudit(
  deliver: readonly string[],
  { shard }: Pick<AuditFlags, 'shard'>,
  shell: Shell,
): Promise<readonly Target[]> {
  if (deliver.length === 0) return [];
  // All of it now: when the night is told, hours later, an update may have replaced the files.
  const [{ requireTargets }] = await Promise.all([import('./open-channels.ts'), import('./tell-night.ts')]);
  const targets = requireTargets(deliver, shell.env);
  if (targets.length === 0 || shard === undefined) return targets;
  await say(shell, 'warning: a shard is not delivered: mfa-drift deliver SHARD… tells all of them as one night');
  return [];
}

export interface AuditEnd {
  readonly exitCode: ExitCode;
  /** The last line. */
  readonly sentence: string;
}

interface Night {
  /** `null`: there is none to compare with. */
  readonly last: Result | null;
  readonly settings: Settings;
  /** A file that has the result; `null`: none has. */
  readonly saved: string | null;
}

export async function deliverAfterAudit(
  targets: readonly Target[],
  result: Result,
  { last, settings, saved }: Night,
  flags: AuditFlags,
  shell: Shell,
): Promise<AuditEnd> {
  const { head } = result;
  const ended = { exitCode: head.run.exitCode, sentence: exitSentence(head) };
  if (targets.length === 0 || head.run.interrupted) return ended;
  try {
    const context = { settings, flags, shell, tonight: result };
    const { tellNight } = await import('./tell-night.ts');
    const { failed, channels } = await tellNight(targets, last, context, shell.stderr);
    if (failed.length === 0) return ended;
    await say(shell, again(saved, flags));
    return { exitCode: 4, sentence: exitSentence(head, { failed, channels }) };
  } catch (error) {
    if (!shell.signal.aborted || error !== shell.signal.reason) throw error;
    const exitCode = signalExitCode(shell.signal);
    await say(shell, again(saved, flags));
    return {
      exitCode,
      sentence: `exit ${exitCode}: interrupted while it was delivered; ${withoutCode(ended.sentence)}`,
    };
  }
}

/** Another audit would be another night, and tell everybody anew. */
function again(saved: string | null, flags: AuditFlags): string {
  return saved === null
    ? 'The result was not saved, so that it can not be delivered again: another time, --report json=FILE.'
    : `to deliver it again: ${commandLine(deliveringAgain(saved, flags))}`;
}

function withoutCode(sentence: string): string {
  return sentence.replace(/^exit \d+: /, '');
}
