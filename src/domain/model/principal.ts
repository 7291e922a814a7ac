/** Whether two callers are one: as far as AWS's ARNs tell who somebody is. */

const session = /^(arn:[^:]+:sts::\d+:assumed-role\/)(.+)\/[^/]+$/;

/** IAM Identity Center names its roles so, and each session after the person (IAM Identity Center user guide, "AWS CloudTrail"). */
const ofPeople = 'AWSReservedSSO_';

/**
 * The same user, or the same role of the same account. The name of a session is as whoever assumes the role likes it, and
 * may change whenever that is done again; only Identity Center has the person in it.
 */
export function isSamePrincipal(first: string, now: string): boolean {
  return first === now || (isRole(first) && roleOf(first) === roleOf(now));
}

function isRole(arn: string): boolean {
  return session.test(arn) && !roleOf(arn).includes(`/${ofPeople}`);
}

function roleOf(arn: string): string {
  return arn.replace(session, '$1$2');
}
