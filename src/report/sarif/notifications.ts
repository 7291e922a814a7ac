import { clockCodes, clockWarningsIn } from '../../domain/clock-warnings.ts';
import { gapCodes } from '../../domain/observation.ts';
import type { Gap, Result, ResultHead } from '../../domain/result.ts';
import { counted, wholeNumber } from '../../words.ts';
import { isOpen, placeInWords } from '../gap-places.ts';
import { sentence } from '../sentence.ts';
import type { WorstFindings } from '../worst-findings.ts';
import { messageText } from './message.ts';

/** More gaps than this are counted: a denial everywhere must not fill the file. */
const maxGaps = 1000;

const own = ['left-out', 'interrupted', ...clockCodes] as const;
const ids = [...gapCodes, ...own] as const;
type Id = (typeof ids)[number];

/** What a notification of each kind says of the run, and what to do about it. */
const descriptions: Readonly<Record<Id, { readonly what: string; readonly help: string }>> = {
  AccessDenied: {
    what: 'AWS denied a request, so that a place was not read.',
    help: 'Allow the action that the message names, leave the place out, or accept the gap with an exception.',
  },
  credentials: {
    what: 'Credentials were missing, expired or not accepted, so that a place was not read.',
    help: 'Sign in again or mend the credentials that the message names, then run again.',
  },
  throttled: {
    what: 'AWS kept asking to slow down, so that a place was given up.',
    help: 'Run again when the account is quieter, or lower limits.quotaShare.',
  },
  network: {
    what: 'AWS could not be reached, so that a place was not read.',
    help: 'Check network, DNS, proxy and certificates between the run and the endpoint, then run again.',
  },
  'server-error': {
    what: 'AWS answered with an error of its own, so that a place was not read.',
    help: "Run again; if it stays, look at AWS's health dashboard.",
  },
  malformed: {
    what: 'An answer was not one that the service gives, so that a place was not read.',
    help: 'Run again; if it stays, check the endpoint and what stands between it and the run (proxy, gateway).',
  },
  'page-loop': {
    what: 'A listing did not end, so that a place was not wholly read.',
    help: 'Run again; if it stays, report it to AWS support.',
  },
  'region-unknown': {
    what: 'A region is not known, so that it was not read.',
    help: 'Correct its name, or leave it out.',
  },
  'selector-unreadable': {
    what: 'What a policy selects by could not be read, so that a pool has no verdict.',
    help: 'Allow the audit role to read what the message names, then run again.',
  },
  'expectation-unreadable': {
    what: 'What a policy asks for could not be read, so that a pool has no verdict.',
    help: 'Allow the audit role to read what the message names, then run again.',
  },
  'shard-missing': {
    what: 'A part of the run was not among the results that were merged.',
    help: 'Run that shard, and merge again.',
  },
  'left-out': {
    what: 'There is more than this file lists.',
    help: 'Look at the saved result: --report json.',
  },
  'clock-off': {
    what: "The machine's clock and AWS's differ.",
    help: 'Set the clock of the machine.',
  },
  'clock-alone': {
    what: "AWS's time was not to be had.",
    help: 'Ask STS over TLS, or look at the clock of the machine.',
  },
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
