/** What the runner wrote down of each mutant, and whether it still writes. */
import { appendFileSync, readFileSync } from 'node:fs';

interface Line {
  readonly killed?: string;
  readonly lives?: string;
  readonly endless?: string;
  readonly begun?: string;
  readonly pid?: number;
}

/** Nothing said for so long: a mutant goes round for ever. The slowest tests, one after another, take a part of it. */
const patienceMs = 120_000;
const everyMs = 20_000;

/** What became of each mutant, by its id. */
export function answersIn(log: string): Readonly<Record<string, 'Killed' | 'Survived' | 'Timeout'>> {
  const answers: Record<string, 'Killed' | 'Survived' | 'Timeout'> = {};
  for (const { killed, lives, endless } of linesOf(log)) {
    if (killed !== undefined) answers[killed] = 'Killed';
    if (lives !== undefined) answers[lives] = 'Survived';
    if (endless !== undefined) answers[endless] = 'Timeout';
  }
  return answers;
}

/** Says how far it is; `stop` tells whether one was ended, so that those after it are still to be tried. */
export function endWhatNeverEnds(log: string, all: number): { readonly stop: () => boolean } {
  let [lines, since, hasEnded] = [0, Date.now(), false];
  const timer = setInterval(() => {
    const known = linesOf(log);
    const answers = Object.values(answersIn(log));
    console.log(`${answers.length} of ${all} tried, ${answers.filter((answer) => answer === 'Survived').length} live`);
    if (known.length !== lines) [lines, since] = [known.length, Date.now()];
    const { begun, pid } = known.at(-1) ?? {};
    if (begun === undefined || pid === undefined || Date.now() - since < patienceMs) return;
    appendFileSync(log, `${JSON.stringify({ endless: begun })}\n`);
    process.kill(pid, 'SIGKILL');
    hasEnded = true;
  }, everyMs);
  return {
    stop: () => {
      clearInterval(timer);
      return hasEnded;
    },
  };
}

function linesOf(log: string): readonly Line[] {
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
