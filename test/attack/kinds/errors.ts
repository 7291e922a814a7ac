/** Refusals by name, as the services write them, and such as no service writes. */
import type { GapCode } from '../../../src/domain/model/observation.ts';
import { jsonAnswer, operations, textAnswer, type Operation } from '../answers.ts';
import { jsonOperations, stsOperations, type Kind } from './kind.ts';

interface Named {
  readonly status?: number;
  readonly meets?: readonly Operation[];
}

function refusal(type: string, code: GapCode, { status = 400, meets = jsonOperations }: Named = {}): Kind {
  return odd(`${type} (${status})`, { __type: type, message: 'as the service says' }, code, status, meets);
}

function odd(
  name: string,
  body: unknown,
  code: GapCode,
  status = 400,
  meets: readonly Operation[] = jsonOperations,
): Kind {
  return { name, meets, isInstead: true, means: { lost: code }, change: () => jsonAnswer(status, body) };
}

function stsRefusal(name: string, code: GapCode, status: number): Kind {
  const body = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${name}</Code><Message>as STS says</Message></Error><RequestId>r</RequestId></ErrorResponse>`;
  return {
    name: `${name} (${status}) of STS`,
    meets: stsOperations,
    isInstead: true,
    means: { lost: code },
    change: () => textAnswer(status, body, { 'content-type': 'text/xml' }),
  };
}

const cognito: readonly Operation[] = [
  'ListUserPools',
  'GetUserPoolMfaConfig',
  'DescribeUserPool',
  'SetUserPoolMfaConfig',
];
const readsOfPools: readonly Operation[] = ['GetUserPoolMfaConfig', 'DescribeUserPool'];

export const errorKinds: readonly Kind[] = [
  refusal('AccessDeniedException', 'AccessDenied'),
  refusal('AccessDenied', 'AccessDenied', { status: 403 }),
  refusal('NotAuthorizedException', 'AccessDenied', { meets: cognito }),
  refusal('UnrecognizedClientException', 'credentials'),
  refusal('InvalidSignatureException', 'credentials'),
  refusal('IncompleteSignatureException', 'credentials'),
  refusal('MissingAuthenticationTokenException', 'credentials', { status: 403 }),
  refusal('OptInRequired', 'credentials', { status: 403 }),
  refusal('ExpiredTokenException', 'credentials'),
  refusal('InternalErrorException', 'server-error', { status: 500 }),
  refusal('ServiceUnavailableException', 'server-error', { status: 503 }),
  refusal('InvalidParameterException', 'server-error'),
  refusal('InvalidInputException', 'server-error'),
  refusal('OperationNotEnabledException', 'server-error', { meets: cognito }),
  refusal('UserPoolTaggingException', 'server-error', { meets: ['DescribeUserPool'] }),
  refusal('ConcurrentModificationException', 'server-error'),
  refusal('ServiceException', 'server-error', { status: 500 }),
  refusal('UnknownOperationException', 'server-error', { status: 404 }),
  refusal('SerializationException', 'server-error'),
  refusal('QuiteNewException', 'server-error'),
  refusal('com.amazonaws.cognito#AccessDeniedException', 'AccessDenied'),
  refusal('AccessDeniedException:http://internal.amazon.com/', 'AccessDenied'),
  // A pool that is gone is told by the service itself, with its own status.
  refusal('ResourceNotFoundException', 'malformed', { status: 404, meets: readsOfPools }),
  refusal('ResourceNotFoundException', 'malformed', { status: 403, meets: readsOfPools }),
  odd('a refusal whose message is an object', { message: { code: 17 } }, 'malformed'),
  odd('a refusal whose message is a list', { message: ['down'] }, 'malformed'),
  odd('a refusal whose message is null', { message: null }, 'malformed'),
  odd('a refusal whose message is a number', { message: 17 }, 'malformed'),
  odd('a refusal without anything', {}, 'malformed'),
  odd('a refusal that is a list', [], 'malformed'),
  odd('a refusal that is null', null, 'malformed'),
  odd('a refusal that is a text', 'no', 'malformed'),
  odd('a refusal whose type is an object', { __type: { name: 'AccessDeniedException' } }, 'malformed'),
  odd('a refusal whose type is null', { __type: null, message: 'x' }, 'malformed'),
  odd('a refusal whose type is empty', { __type: '', message: 'x' }, 'malformed'),
  odd('a refusal whose type is a list', { __type: ['AccessDeniedException'], message: 'x' }, 'malformed'),
  odd('a refusal whose type is a truth', { __type: true, message: 'x' }, 'malformed'),
  odd('a refusal whose type is a number', { __type: 17, message: 'x' }, 'malformed'),
  odd('a refusal that is named as a method', { __type: 'toString', message: 'x' }, 'server-error'),
  odd('a refusal that is named as the prototype', { __type: '__proto__', message: 'x' }, 'server-error'),
  odd('a denial whose message is an object', { __type: 'AccessDeniedException', message: { a: 1 } }, 'AccessDenied'),
  odd(
    'a denial that brings fields of the SDK',
    { __type: 'AccessDeniedException', $metadata: 5, $response: 6, stack: 7, name: 8, $fault: 9 },
    'AccessDenied',
  ),
  odd(
    'a refusal with the code of a certificate',
    { __type: 'Odd', code: 'CERT_HAS_EXPIRED', message: 'x' },
    'server-error',
  ),
  odd(
    'a refusal with the code of a dead connection',
    { __type: 'Odd', code: 'ECONNREFUSED', message: 'x' },
    'server-error',
  ),
  odd('a denial of 4 MB', { __type: 'AccessDeniedException', message: 'm'.repeat(4_000_000) }, 'AccessDenied'),
  odd('a name of 1 MB', { __type: 'N'.repeat(1_000_000), message: 'x' }, 'server-error'),
  odd(
    'a denial with lines for a terminal',
    { __type: 'AccessDeniedException', message: 'no\n::error::all clear\u{1b}[2J' },
    'AccessDenied',
  ),
  odd('a name with lines for a terminal', { __type: 'Odd\n::error::all clear\u{1b}[2J', message: 'x' }, 'server-error'),
  {
    name: 'a refusal cut short',
    meets: jsonOperations,
    isInstead: true,
    means: { lost: 'malformed' },
    change: () => textAnswer(400, '{"__type":"AccessDeni'),
  },
  {
    name: 'a refusal that is named in a header',
    meets: jsonOperations,
    isInstead: true,
    means: { lost: 'AccessDenied' },
    change: () => jsonAnswer(400, { message: 'x' }, { 'x-amzn-errortype': 'AccessDeniedException:http://x/' }),
  },
  {
    name: 'a refusal whose header names nothing',
    meets: jsonOperations,
    isInstead: true,
    means: { lost: 'malformed' },
    change: () => jsonAnswer(400, { message: 'x' }, { 'x-amzn-errortype': ':' }),
  },
  {
    name: 'a denial in XML',
    meets: operations,
    isInstead: true,
    means: { lost: 'AccessDenied' },
    change: () =>
      textAnswer(403, '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>'),
  },
  stsRefusal('AccessDenied', 'AccessDenied', 403),
  stsRefusal('InvalidClientTokenId', 'credentials', 403),
  stsRefusal('SignatureDoesNotMatch', 'credentials', 403),
  stsRefusal('RegionDisabledException', 'credentials', 403),
  stsRefusal('ExpiredToken', 'credentials', 403),
  stsRefusal('ServiceUnavailable', 'server-error', 503),
  stsRefusal('ValidationError', 'server-error', 400),
  stsRefusal('QuiteNew', 'server-error', 400),
];
