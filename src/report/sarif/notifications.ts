import { gapCodes } from '../../domain/observation.ts';
import type { Gap, Result, ResultHead } from '../../domain/result.ts';
import { counted, wholeNumber } from '../../words.ts';
import { isOpen, placeInWords } from '../gap-places.ts';
import { messageText } from './message.ts';

/** More gaps than this are counted: a denial everywhere must not fill the file. */
const maxGaps = 1000;

const own = ['excepted', 'left-out', 'interrupted'] as const;
const ids = [...gapCodes, ...own] as const;

export const notificationDescriptors: readonly object[] = ids.map((id) => ({ id }));

interface Counts {
  readonly kept: readonly unknown[];
  readonly driftCount: number;
  readonly exceptedCount: number;
}

/** What was not read, and what the results do not list. */
export async function* notifications(result: Result, counts: Counts): AsyncGenerator<object> {
  let seen = 0;
  for await (const gap of result.gaps()) {
    seen += 1;
    if (seen <= maxGaps) yield gapNotification(gap);
  }
  if (seen > maxGaps) {
    yield notification('left-out', 'error', `${counted(seen - maxGaps, 'more place')} could not be read.`);
  }
  yield* ownNotifications(result.head, counts);
}

function gapNotification(gap: Gap): object {
  const { code, message, remedy, accepted } = gap;
  const where = `${placeInWords(gap)} was not read: ${message}.`;
  if (isOpen(gap)) return notification(code, 'error', `${where} What to do: ${remedy}.`);
  return notification(code, 'note', `${where} Accepted: ${accepted?.reason ?? ''}`);
}

function* ownNotifications({ run }: ResultHead, counts: Counts): Generator<object> {
  const { kept, driftCount, exceptedCount } = counts;
  if (run.interrupted) yield notification('interrupted', 'error', 'The run was interrupted.');
  if (exceptedCount > 0) {
    yield notification('excepted', 'note', `${counted(exceptedCount, 'finding')} under an exception are not listed.`);
  }
  if (driftCount > kept.length) {
    const listed = `${wholeNumber(kept.length)} of ${counted(driftCount, 'finding')} are listed, worst first`;
    yield notification('left-out', 'warning', `${listed}; all of them are in --report json.`);
  }
}

function notification(id: (typeof ids)[number], level: 'error' | 'warning' | 'note', text: string): object {
  return { descriptor: { id, index: ids.indexOf(id) }, level, message: messageText(text) };
}
