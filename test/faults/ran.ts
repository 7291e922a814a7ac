/** A program that runs in this process and ends as `mfa-drift` does: with an exit code and a text, whatever is thrown. */
import { explanationOf } from '../../src/commands/output/explanation.ts';
import { systemClock } from '../../src/pacing/clock.ts';
import { run, type Ended, type Surroundings } from '../end-to-end/in-process.ts';
import { hastened } from '../hastened.ts';

/** What is tried eight times waits a minute in between, and nothing happens meanwhile. */
const clock = hastened(systemClock);

export async function ran(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  surroundings: Surroundings & { readonly signal: AbortSignal },
): Promise<Ended> {
  try {
    return await run(args, environment, { clock, ...surroundings });
  } catch (error) {
    const { exitCode, text } = await explanationOf(error, surroundings.signal);
    return { exitCode, stdout: '', stderr: text };
  }
}
