/**
 * What each code of a result means and what to do about it, for pages and for machines that show codes. Whoever adds a
 * code says so here, or it does not compile; docs/codes.md is written from these tables.
 */
import type { GapCode, SkipReason } from '../model/observation.ts';
import type { WarningCode } from './warning.ts';

export interface Meaning {
  readonly what: string;
  readonly help: string;
}

export const gapMeanings: Readonly<Record<GapCode, Meaning>> = {
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
};

export const skipMeanings: Readonly<Record<SkipReason, string>> = {
  suspended: 'The account is suspended: nothing in it can be read, and nobody signs in to it.',
  'pending-closure': 'The account is being closed.',
  closed: 'The account is closed; Organizations lists it for 90 days more.',
  'pending-activation': 'The account was invited or made and is not active yet.',
  'region-not-enabled': 'The account has not enabled the region, so that it can hold no pool.',
  'left-out': 'The configuration leaves the account out (`accounts.include`, `accounts.exclude`).',
  'pool-deleted': 'The pool was listed, and deleted before it was read.',
};

export const warningMeanings: Readonly<Record<WarningCode, Meaning>> = {
  'allow-satisfied-by-off': {
    what: 'A list of allowed factors is satisfied by a pool without MFA.',
    help: 'Ask for `MfaConfiguration: ON` as well, if that is meant.',
  },
  'baseline-missing': {
    what: 'There was no result to compare with, so that every finding counts as new.',
    help: 'None is needed the first time; later, look where the path leads.',
  },
  'baseline-partial': {
    what: 'The earlier result had not read everything, so that some findings can not be told from new ones.',
    help: 'Compare with a complete result.',
  },
  'clock-alone': {
    what: "AWS's time was not to be had.",
    help: 'Ask STS over TLS, or look at the clock of the machine.',
  },
  'clock-off': { what: "The machine's clock and AWS's differ.", help: 'Set the clock of the machine.' },
  conflict: {
    what: 'Two policies want different values of one field of a pool.',
    help: 'Let their selectors part, or let both want the same.',
  },
  'exception-expired': {
    what: 'An exception has ended and excuses nothing any more.',
    help: 'Strike it out, or have its owner decide anew.',
  },
  'exception-expiring': {
    what: 'An exception ends soon.',
    help: 'Tell its owner before the finding comes back.',
  },
  'exception-idle': {
    what: 'An exception matches pools, but covers no finding of theirs.',
    help: 'Strike it out, or correct the paths or gaps that it names.',
  },
  'exception-path-unknown': {
    what: 'An exception names a field that no policy asks about.',
    help: 'Correct the path, or strike it out.',
  },
  'exception-untrusted': {
    what: 'An exception selects by something that whoever owns the pool can change.',
    help: 'Select by account, unit or id.',
  },
  'exception-unused': {
    what: 'An exception matched nothing.',
    help: 'Correct what it selects by, or strike it out.',
  },
  'exclude-untrusted': {
    what: 'A policy leaves pools out by something that whoever owns them can change.',
    help: 'Leave out by account, unit or id, or write an exception with an end.',
  },
  'place-unknown': {
    what: 'A policy, an exception or the configuration names an account, unit or region that is not there.',
    help: 'Correct the name.',
  },
  'policy-unused': { what: 'A policy matched no pool.', help: 'Correct what it selects by, or strike it out.' },
  'remediation-off': {
    what: 'The run was told to remediate, and the configuration allows nothing.',
    help: 'Set `remediation.mode`, or leave --remediate out.',
  },
  'remediation-stopped': {
    what: 'A limit stopped the changes of a run before any was made.',
    help: 'Look at the plan; raise the limit if so many are meant.',
  },
  'selector-unused': {
    what: 'One entry of a selector matched nothing.',
    help: 'Correct it, or strike it out.',
  },
  'self-contradiction': {
    what: 'A policy asks for what no pool can have at once.',
    help: 'Strike one of the two out.',
  },
};
