/**
 * What the user can do about a failure. The same cause gives the same sentence everywhere, with no account or region in
 * it, so that reports can show forty equal gaps as one.
 */
import { gapMeanings, type FailureCode } from '../../domain/model/observation.ts';
import { isUntrusted, type ErrorFacts } from './error-classes.ts';

/** `asked` is the action of the request; a denial may name another, such as iam:PassRole. `label`: who asked. */
type Remedy = (facts: ErrorFacts, asked: string, label: string) => string;

/** Where the error itself says more than its code what to do. */
const closerRemedies: Readonly<Partial<Record<FailureCode, Remedy>>> = {
  AccessDenied: ({ message }, asked, label) => denialRemedy(message, asked, label),
  credentials: ({ name }) => credentialsRemedy(name),
  network: networkRemedy,
};

export function remedyFor(code: FailureCode, ...error: Parameters<Remedy>): string {
  return closerRemedies[code]?.(...error) ?? gapMeanings[code].help;
}

function networkRemedy(facts: ErrorFacts): string {
  if (isUntrusted(facts)) return 'Trust the certificate of the endpoint or proxy: --ca-bundle FILE.';
  if (facts.name !== 'ProxyRefusal')
    return 'Check the network, DNS and proxy between here and the endpoint, then run again.';
  // 407 by RFC 9110; tinyproxy answers a wrong password with 401.
  return facts.status === 407 || facts.status === 401
    ? 'Say who asks: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT.'
    : "Have the proxy let AWS's endpoints pass, or keep them from it: NO_PROXY.";
}

function denialRemedy(message: string, asked: string, label: string): string {
  const action = /not authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1] ?? asked;
  if (/service control polic/i.test(message))
    return 'Leave the region out (regions.exclude), allow it in the service control policy, or accept the gap with an exception (gaps: [AccessDenied]).';
  if (/resource control polic/i.test(message))
    return `Allow ${action} in the resource control policy, or accept the gap with an exception (gaps: [AccessDenied]).`;
  if (/permissions boundary/i.test(message)) return `Allow ${action} in the permissions boundary of ${label}.`;
  if (/session polic/i.test(message)) return `Allow ${action} in the session policy of ${label}.`;
  if (/VPC endpoint polic/i.test(message)) return `Allow ${action} in the policy of the VPC endpoint.`;
  if (action === 'sts:AssumeRole')
    return `Deploy ${label} there with a trust policy that names the caller; where that wants an external id, set role.externalId; the caller needs sts:AssumeRole on it.`;
  if (asked === 'sts:AssumeRole') return `Allow ${action} to the caller, and in the trust policy of ${label}.`;
  if (action === 'cognito-idp:GetUserPoolMfaConfig')
    return `Allow cognito-idp:GetUserPoolMfaConfig to ${label}; AWS's SecurityAudit and ViewOnlyAccess policies lack it.`;
  return `Allow ${action} to ${label}.`;
}

function credentialsRemedy(name: string): string {
  switch (name) {
    case 'ExpiredToken':
    case 'ExpiredTokenException':
    case 'TokenRefreshRequired':
      return 'The session has expired: sign in again (aws sso login, AWS CLI 2), then go on with --resume.';
    case 'SignatureDoesNotMatch':
    case 'InvalidSignatureException':
      return 'The secret access key does not belong to the access key id: check both.';
    case 'UnrecognizedClientException':
    case 'InvalidClientTokenId':
      return 'Check that the region is enabled and the credentials are valid there: session tokens of the global STS endpoint are valid only in regions that are enabled by default.';
    case 'RegionDisabledException':
    case 'OptInRequired':
      return 'Enable the region in the account, or leave it out (regions.exclude).';
    default:
      return 'Check the credentials: aws sts get-caller-identity.';
  }
}
