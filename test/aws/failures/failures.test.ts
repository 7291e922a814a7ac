import { describe, expect, it } from 'vitest';
import { attempt, classify, FailureError, type Action } from '../../../src/aws/failures/failures.ts';
import { MalformedAnswer } from '../../../src/aws/failures/malformed-answer.ts';
import { gapCodes, gapMeanings } from '../../../src/domain/model/observation.ts';
import { ProxyRefusal } from '../../../src/aws/connection/proxy.ts';

interface Details {
  readonly message?: string;
  readonly status?: number;
  readonly code?: string;
  readonly body?: string;
  readonly clockSkewCorrected?: boolean;
}

/** An error as the SDK throws it. */
function thrown(
  name: string,
  { message = 'AWS says so', status, code, body, clockSkewCorrected }: Details = {},
): Error {
  const error = name === 'SyntaxError' ? new SyntaxError(message) : new Error(message);
  error.name = name;
  const $metadata = { httpStatusCode: status, requestId: 'r-1', clockSkewCorrected };
  const $response = { body: Buffer.from(body ?? '') };
  return Object.assign(
    error,
    code === undefined ? {} : { code },
    status === undefined ? {} : { $metadata },
    body === undefined ? {} : { $response },
  );
}

const list: Action = 'cognito-idp:ListUserPools';
const reader = 'the audit role MfaDriftAudit';
const html = '<!doctype html><title>500</title>';
const xml =
  '<ErrorResponse><Error><Code>InvalidClientTokenId</Code><Message>The security token is invalid.</Message></Error></ErrorResponse>';

/** What went wrong, the error, its code, and what may be done about it. */
const errors: readonly (readonly [what: string, error: Error, code: string, retry: string])[] = [
  ['a throttle of Cognito', thrown('TooManyRequestsException', { status: 400 }), 'throttled', 'throttle'],
  ['a throttle of STS', thrown('Throttling', { status: 400 }), 'throttled', 'throttle'],
  ['any 429', thrown('SyntaxError', { status: 429, body: html }), 'throttled', 'throttle'],
  ['a denial of a JSON service', thrown('AccessDeniedException', { status: 400 }), 'AccessDenied', 'no'],
  ['a denial of STS', thrown('AccessDenied', { status: 403 }), 'AccessDenied', 'no'],
  ['the denial that the model names', thrown('NotAuthorizedException', { status: 400 }), 'AccessDenied', 'no'],
  // Not a denial: an exception that accepts denials must not accept a page that somebody put in between.
  ['a 403 that nobody can read', thrown('SyntaxError', { status: 403, body: html }), 'malformed', 'no'],
  ['a 403 in XML', thrown('SyntaxError', { status: 403, body: xml }), 'credentials', 'no'],
  ['an expired session', thrown('ExpiredTokenException', { status: 400 }), 'credentials', 'credentials-expired'],
  ['an expired session, by STS', thrown('ExpiredToken', { status: 403 }), 'credentials', 'credentials-expired'],
  ['a region that is not enabled', thrown('UnrecognizedClientException', { status: 400 }), 'credentials', 'no'],
  ['a region that STS does not serve', thrown('RegionDisabledException', { status: 403 }), 'credentials', 'no'],
  ['a service without subscription', thrown('OptInRequired', { status: 403 }), 'credentials', 'no'],
  ['a wrong secret', thrown('SignatureDoesNotMatch', { status: 403 }), 'credentials', 'no'],
  ['a wrong secret, by JSON', thrown('InvalidSignatureException', { status: 400 }), 'credentials', 'no'],
  [
    'a clock that was corrected',
    thrown('InvalidSignatureException', { status: 400, clockSkewCorrected: true }),
    'credentials',
    'transient',
  ],
  ['no credentials', thrown('CredentialsProviderError'), 'credentials', 'no'],
  ['a fault of the service', thrown('InternalErrorException', { status: 500 }), 'server-error', 'transient'],
  ['a 503', thrown('ServiceUnavailable', { status: 503 }), 'server-error', 'transient'],
  ['a 501', thrown('SyntaxError', { status: 501, body: html }), 'server-error', 'no'],
  ['a 501 by name', thrown('InternalFailure', { status: 501 }), 'server-error', 'no'],
  ["a network's sign-in page, as RFC 6585 wants it", thrown('SyntaxError', { status: 511 }), 'server-error', 'no'],
  ['a proxy that wants to know who asks', new ProxyRefusal(407, new Error('x')), 'network', 'no'],
  ['a proxy that lets nothing pass', new ProxyRefusal(403, new Error('x')), 'network', 'no'],
  ['a proxy that reaches nobody', new ProxyRefusal(502, new Error('x')), 'network', 'transient'],
  ['an HTML 500', thrown('SyntaxError', { status: 500, body: html }), 'server-error', 'transient'],
  ['a 200 that is not JSON', thrown('SyntaxError', { status: 200, body: '{"UserPo' }), 'malformed', 'transient'],
  ...[['AccessDeniedException'], 17, { name: 'AccessDeniedException' }].map((type) => {
    const body = JSON.stringify({ __type: type, message: 'x' });
    const error = Object.assign(thrown('AccessDeniedException', { status: 400, body }), { $fault: 'client' });
    return [`a refusal whose name is ${JSON.stringify(type)}`, error, 'malformed', 'no'] as const;
  }),
  ['a 400 cut off', thrown('SyntaxError', { status: 400, body: '{"__type":"TooMa' }), 'malformed', 'transient'],
  ['a 403 cut off', thrown('SyntaxError', { status: 403, body: '{"__type":"Acc' }), 'malformed', 'transient'],
  [
    'a fault in XML cut off before its name',
    thrown('Unknown', { status: 400, body: xml.slice(0, 30) }),
    'malformed',
    'transient',
  ],
  ['an HTML 404', thrown('SyntaxError', { status: 404, body: html }), 'malformed', 'no'],
  ['a body cut off', new MalformedAnswer('cut', { isDamaged: true }), 'malformed', 'transient'],
  ['a whole answer of the wrong shape', new MalformedAnswer('no pools', { isDamaged: false }), 'malformed', 'no'],
  [
    'a shape that the SDK trips over',
    Object.assign(new TypeError('x is not iterable'), { $response: {}, $metadata: { httpStatusCode: 200 } }),
    'malformed',
    'transient',
  ],
  ['a time-out', thrown('TimeoutError', { code: 'ETIMEDOUT' }), 'network', 'transient'],
  ['a reset', thrown('Error', { code: 'ECONNRESET', message: 'socket hang up' }), 'network', 'transient'],
  ['no such host', thrown('Error', { code: 'ENOTFOUND' }), 'network', 'transient'],
  ['a garbled response', thrown('Error', { code: 'HPE_INVALID_CONSTANT' }), 'network', 'transient'],
  ['a certificate that is not trusted', thrown('Error', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }), 'network', 'no'],
  ['an endpoint that can not be', thrown('EndpointError'), 'network', 'no'],
  ['any other refusal', thrown('InvalidParameterException', { status: 400 }), 'server-error', 'no'],
];

describe('a failed request', () => {
  it('can have every code that the run does not say by itself, and has no other', () => {
    const ofErrors = gapCodes.filter((code) => !('madeHere' in gapMeanings[code]));
    expect(new Set(errors.map(([, , code]) => code))).toEqual(new Set(ofErrors));
  });

  it.each(errors)('%s', (_what, error, code, retry) => {
    expect(classify(error, list, reader)).toMatchObject({ code, retry });
  });

  it("says which action, AWS's name and AWS's text, and keeps the request's id", () => {
    const error = thrown('AccessDeniedException', {
      status: 400,
      message: 'User: x is not authorized\n  Deserialization hint',
    });
    expect(classify(error, list, reader)).toMatchObject({
      name: 'AccessDeniedException',
      message: 'cognito-idp:ListUserPools: AccessDeniedException: User: x is not authorized',
      requestId: 'r-1',
    });
  });

  it('in XML is told by the name that the XML gives', () => {
    expect(classify(thrown('SyntaxError', { status: 403, body: xml }), list, reader).message).toBe(
      'cognito-idp:ListUserPools: InvalidClientTokenId: The security token is invalid',
    );
  });

  it.each([
    ['with an explicit deny in a service control policy: arn:aws:x', /regions\.exclude.*exception/],
    ['with an explicit deny in a resource control policy', /resource control policy/],
    ['because no permissions boundary allows the action', /permissions boundary/],
    ['because no session policy allows the action', /session policy/],
    [
      'because no identity-based policy allows the action',
      /^Allow cognito-idp:ListUserPools to the audit role MfaDriftAudit\.$/,
    ],
  ])('denied %s has the remedy for that', (reason, remedy) => {
    expect(
      classify(thrown('AccessDeniedException', { status: 400, message: `not authorized ${reason}` }), list, reader)
        .remedy,
    ).toMatch(remedy);
  });

  it.each([
    [407, /USER:PASSWORD/],
    // What tinyproxy 1.11.1 answers to a wrong password.
    [401, /USER:PASSWORD/],
    [403, /NO_PROXY/],
    [405, /NO_PROXY/],
  ])('a proxy that answers %i has the remedy for that', (status, remedy) => {
    expect(classify(new ProxyRefusal(status, new Error('x')), list, reader).remedy).toMatch(remedy);
  });

  it.each<[string, Action, string, string, RegExp]>([
    [
      'passing the role that sends SMS',
      'cognito-idp:SetUserPoolMfaConfig',
      'iam:PassRole on resource: arn:aws:iam::111122223333:role/sms because no identity-based policy allows the iam:PassRole action',
      'the remediation role MfaDriftRemediate',
      /^Allow iam:PassRole to the remediation role MfaDriftRemediate\.$/,
    ],
    [
      'a list of accounts',
      'organizations:ListAccounts',
      'organizations:ListAccounts on resource: * because no identity-based policy allows it',
      'the caller',
      /^Allow organizations:ListAccounts to the caller\.$/,
    ],
    [
      'a remediation role that is not there',
      'sts:AssumeRole',
      'sts:AssumeRole on resource: arn:aws:iam::111122223333:role/MfaDriftRemediate',
      'the remediation role MfaDriftRemediate',
      /^Deploy the remediation role MfaDriftRemediate there with a trust policy/,
    ],
    [
      'tags of the session',
      'sts:AssumeRole',
      'sts:TagSession on resource: arn:aws:iam::111122223333:role/MfaDriftAudit',
      reader,
      /^Allow sts:TagSession to the caller, and in the trust policy of the audit role MfaDriftAudit\.$/,
    ],
    [
      'a key by which a pool is encrypted, in its boundary',
      'cognito-idp:DescribeUserPool',
      'kms:Decrypt on resource: arn:aws:kms:eu-west-1:111122223333:key/1 because no permissions boundary allows it',
      reader,
      /^Allow kms:Decrypt in the permissions boundary of the audit role MfaDriftAudit\.$/,
    ],
  ])('denied %s has advice for the action that was denied and for who asked', (_what, action, text, label, remedy) => {
    const message = `User: arn:aws:sts::111122223333:assumed-role/A/b is not authorized to perform: ${text}`;
    const denied = thrown('AccessDeniedException', { status: 400, message });
    expect(classify(denied, action, label).remedy).toMatch(remedy);
  });

  it('has a remedy that names no place, so that equal gaps can be shown as one', () => {
    const message =
      'User: arn:aws:sts::111122223333:assumed-role/A/b is not authorized to perform: cognito-idp:ListUserPools on resource: arn:aws:cognito-idp:eu-west-1:111122223333:userpool/*';
    expect(classify(thrown('AccessDeniedException', { status: 400, message }), list, reader).remedy).not.toMatch(
      /\d{12}|eu-west-1/,
    );
  });

  it('for lack of credentials is what that failure was', async () => {
    const failure = classify(thrown('AccessDenied', { status: 403 }), 'sts:AssumeRole', reader);
    expect(await attempt(list, () => Promise.reject(new FailureError(failure)), String, reader)).toEqual({
      ok: false,
      failure,
    });
  });

  it('is no cover for a mistake in the program', async () => {
    await expect(attempt(list, () => Promise.reject(new TypeError('x is undefined')), String, reader)).rejects.toThrow(
      TypeError,
    );
  });
});
