import { wholeNumber } from '../../number-format.ts';
import type { OutputFlags } from '../line/flags.ts';
import { showLine } from '../run/progress.ts';
import type { Shell } from '../output/shell.ts';

/** How far a command is that changes pools: drawn on a terminal, and told once a minute elsewhere. */
export interface ApplyProgress {
  /** A phase begins, of which so many pools have to be through. */
  begin(what: string, pools: number): Promise<void>;
  /** One pool more is through. */
  ended(): void;
  /** Nothing is drawn meanwhile, such as over a question. */
  paused<T>(work: () => Promise<T>): Promise<T>;
  hide(): Promise<void>;
}

export function newApplyProgress(
  { progress, quiet }: Pick<OutputFlags, 'progress' | 'quiet'>,
  { stderr }: Shell,
): ApplyProgress {
  let phase: { readonly what: string; readonly pools: number } | null = null;
  let done = 0;
  let stop: () => Promise<void> = async () => undefined;

  async function hide(): Promise<void> {
    await stop();
    stop = async () => undefined;
  }

  async function show(): Promise<void> {
    await hide();
    if (phase === null || !progress || quiet) return;
    const { what, pools } = phase;
    stop = showLine((columns) => `${what} ${wholeNumber(done)}/${wholeNumber(pools)}`.slice(0, columns), stderr);
  }

  return {
    async begin(what, pools) {
      phase = { what, pools };
      done = 0;
      await show();
    },
    ended: () => void (done += 1),
    async paused(work) {
      await hide();
      try {
        return await work();
      } finally {
        await show();
      }
    },
    async hide() {
      phase = null;
      await hide();
    },
  };
}
