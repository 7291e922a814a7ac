import { clockCodes, clockWarningsIn } from '../../../domain/result/clock-warnings.ts';
import { gapCodes, gapMeanings, type Meaning } from '../../../domain/model/observation.ts';
import { warningMeanings } from '../../../domain/result/warning.ts';
import { isOpen, type Gap, type Result, type ResultHead } from '../../../domain/result/result.ts';
import { counted, wholeNumber } from '../../../number-format.ts';
import { placeInWords } from '../../views/gap-places.ts';
import { sentence } from '../../text/sentence.ts';
import type { WorstFindings } from '../../views/worst-findings.ts';
import { messageText } from './message.ts';

/** More gaps than this are counted: a denial everywhere must not fill the file. */
const maxGaps = 1000;

const own = ['left-out', 'interrupted', ...clockCodes] as const;
const ids = [...gapCodes, ...own] as const;
type Id = (typeof ids)[number];

/** What a notification of each kind says of the run, and what to do about it. */
const descriptions: Readonly<Record<Id, Meaning>> = {
  ...gapMeanings,
  'left-out': {
    what: 'There is more than this file lists.',
    help: 'Look at the saved result: --report json.',
  },
  'clock-off': warningMeanings['clock-off'],
  'clock-alone': warningMeanings['clock-alone'],
  interrupted: {
    what: 'The run was interrupted: this is what was read until then.',
    help: 'Go on with it: --resume.',
  },
};

export const notificationDescriptors: readonly object[] = ids.map((id) => ({
  id,
  shortDescription: { text: descriptions[id].what },
  fullDescription: { text: descriptions[id].what },
  help: { text: descriptions[id].help },
}));

/** What was not read, and what the results do not list. */
export async function* notifications(result: Result, found: WorstFindings<unknown>): AsyncGenerator<object> {
  let seen = 0;
  for await (const gap of result.gaps()) {
    seen += 1;
    if (seen <= maxGaps) yield gapNotification(gap);
  }
  if (seen > maxGaps) {
    yield notification('left-out', 'error', `${counted(seen - maxGaps, 'more place')} could not be read.`);
  }
  yield* ownNotifications(result.head, found);
}

function gapNotification(gap: Gap): object {
  const { code, message, remedy, accepted } = gap;
  const where = sentence(`${placeInWords(gap)} was not read: ${message}`);
  if (isOpen(gap)) return notification(code, 'error', `${where} What to do: ${sentence(remedy)}`);
  return notification(code, 'note', `${where} Accepted: ${sentence(accepted?.reason ?? '')}`);
}

function* ownNotifications({ run, warnings }: ResultHead, { kept, ranked }: WorstFindings<unknown>): Generator<object> {
  for (const { code, message } of clockWarningsIn(warnings)) yield notification(code, 'warning', sentence(message));
  if (run.interrupted) yield notification('interrupted', 'error', 'The run was interrupted.');
  if (ranked > kept.length) {
    const listed = `${wholeNumber(kept.length)} of ${counted(ranked, 'finding')} are listed, worst first`;
    yield notification('left-out', 'warning', `${listed}; all of them are in --report json.`);
  }
}

function notification(id: Id, level: 'error' | 'warning' | 'note', text: string): object {
  return { descriptor: { id, index: ids.indexOf(id) }, level, message: messageText(text) };
}
