/** What is suspicious about an exception without being wrong. */
import { readOfBlock } from '../../model/api/reads.ts';
import { mfaConfigMembers, type Members } from '../../model/api/api-model.ts';
import { daysLeft, isExpired } from '../exceptions.ts';
import type { Policy, PolicyException } from '../policy.ts';
import { isGrave, labels, restsOnNames, trustedInstead } from './untrusted-names.ts';
import { warningAt, type Warning } from '../../result/warning.ts';

export function exceptionWarnings(
  exception: PolicyException,
  policies: readonly Policy[],
  now: Date,
): readonly Warning[] {
  return [...untrustedException(exception, policies), ...ending(exception, now), ...strangePaths(exception)];
}

function untrustedException(exception: PolicyException, policies: readonly Policy[]): readonly Warning[] {
  const named = policies.filter(({ name }) => exception.policies === null || exception.policies.includes(name));
  const grave = named.filter(isGrave).map(({ name }) => name);
  if (exception.gaps !== null || exception.hold || grave.length === 0 || !restsOnNames(exception.match)) return [];
  const what = labels(exception.match.keys);
  const message = `the exception to ${grave.join(', ')} rests on what the audited account itself names: ${what}; ${trustedInstead}`;
  return [warningAt(exception.location, 'exception-untrusted', message)];
}

const soonDays = 30;

function ending(exception: PolicyException, now: Date): readonly Warning[] {
  const { expires, owner, ticket, location } = exception;
  const whose = ticket === null ? owner : `${ticket}, ${owner}`;
  if (isExpired(exception, now)) {
    return [
      warningAt(
        location,
        'exception-expired',
        `the exception of ${whose} expired after ${expires}: what it covered counts again`,
      ),
    ];
  }
  const days = daysLeft(exception, now) - 1;
  if (days > soonDays) return [];
  const when = days === 0 ? 'today' : days === 1 ? 'in 1 day' : `in ${days} days`;
  return [warningAt(location, 'exception-expiring', `the exception of ${whose} ends ${when}, on ${expires}`)];
}

/** A field that this version does not know may still be one of the API's; a typing mistake is likelier. */
function strangePaths({ paths, location }: PolicyException): readonly Warning[] {
  return (paths ?? [])
    .filter((path) => !isKnownPath(path.split('.')))
    .map((path) =>
      warningAt(
        location,
        'exception-path-unknown',
        `the exception covers ${path}, which is no field that this version knows`,
      ),
    );
}

function isKnownPath(path: readonly string[]): boolean {
  return path[0] === 'factors' || readOfBlock(path[0] ?? '') !== null || isMember(mfaConfigMembers, path);
}

/** A field and a block alike may have an `anyOf` of their own. */
function isMember(members: Members, [first, ...rest]: readonly string[]): boolean {
  if (first === undefined || first === 'anyOf') return true;
  const shape = Object.hasOwn(members, first) ? members[first] : undefined;
  if (shape === undefined) return false;
  return isMember(typeof shape === 'object' && 'members' in shape ? shape.members : {}, rest);
}
