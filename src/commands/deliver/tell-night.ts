/** A night through all its channels: what each did is said, and what failed makes exit code 4. */
import { newsOf } from '../../domain/news/two-nights.ts';
import type { Result } from '../../domain/result/result.ts';
import type { DeliveredNight } from '../../deliver/channel.ts';
import { deliverAll } from '../../deliver/deliver-all.ts';
import type { Target } from '../../deliver/targets.ts';
import { visibleLines } from '../../escape/visible.ts';
import type { Deliveries } from '../../report/text/exit-sentence.ts';
import { nightMessage } from '../../report/news/night-message.ts';
import { masked } from '../../result/redact.ts';
import { say, type Output, type Shell } from '../output/shell.ts';
import type { DeliveryContext } from './delivery-context.ts';
import { withOpeners } from './open-channels.ts';

/** @param to where is said what was done; what failed is said on standard error */
export async function tellNight(
  targets: readonly Target[],
  lastNight: Result | null,
  context: DeliveryContext,
  to: Output,
): Promise<Deliveries> {
  const { shell, tonight } = context;
  const night = await nightOf(masked(tonight, 'shared'), lastNight === null ? null : masked(lastNight, 'shared'));
  const failed: string[] = [];
  await withOpeners(targets, context, async (openers) => {
    for await (const { name, isDone, said, bug } of deliverAll(openers, night, shell.signal)) {
      if (!isDone) failed.push(name);
      if (isDone) await say({ stderr: to }, `${name}: ${said}`);
      else await sayFailed(name, said, bug, shell);
    }
  });
  return { channels: targets.length, failed };
}

async function nightOf(tonight: Result, lastNight: Result | null): Promise<DeliveredNight> {
  const news = () => newsOf(tonight, lastNight);
  return { tonight, message: await nightMessage(tonight, lastNight, news()), news };
}

async function sayFailed(name: string, said: string, bug: unknown, shell: Shell): Promise<void> {
  await say(shell, `not delivered to ${name}: ${said}`);
  if (bug instanceof Error)
    await shell.stderr.write(`This is a bug in mfa-drift; please report it.\n${visibleLines(bug.stack ?? '')}\n`);
}
