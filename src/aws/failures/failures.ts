/** Every error that a request to AWS can end in, classified: what it means for the run and what the user can do. */
import type { Attempt, CallFailure } from '../../pacing/call-result.ts';
import { failed, succeeded } from '../../pacing/call-result.ts';
import { IdentityChanged } from '../../errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import { bodyText, kindOfText } from '../answers/body.ts';
import { isCutShort } from '../answers/truncated.ts';
import { classOf, type ErrorFacts } from './error-classes.ts';
import { MalformedAnswer } from './malformed-answer.ts';
import { ProxyRefusal } from '../connection/proxy.ts';
import { remedyFor } from './remedies.ts';

/** The IAM action of a request, such as `cognito-idp:ListUserPools`. */
export type Action = `${string}:${string}`;

/** A failure that is classified already: on the way to a request, or in what its answer says. */
export class FailureError extends Error {
  override readonly name = 'FailureError';
  readonly failure: CallFailure;

  constructor(failure: CallFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/**
 * Sends one request, reads its answer, and turns what either throws into a value. What goes wrong with an answer that
 * came is malformed, whatever it is; errors that come before it and that no request can bring are bugs and pass.
 */
export async function attempt<Answer extends object, T>(
  action: Action,
  send: () => Promise<Answer>,
  read: (answer: Answer) => T,
  label: string,
): Promise<Attempt<T>> {
  let answer: Answer;
  try {
    answer = await send();
  } catch (error) {
    return failed(classify(error, action, label));
  }
  try {
    return succeeded(read(answer));
  } catch (error) {
    return failed(classify(error instanceof FailureError ? error : malformed(error, answer), action, label));
  }
}

function malformed(error: unknown, answer: { readonly $metadata?: SdkError['$metadata'] }): Error {
  const unlike =
    error instanceof MalformedAnswer
      ? error
      : new MalformedAnswer(`the answer cannot be read: ${String(error)}`, { isDamaged: false, cause: error });
  return Object.assign(unlike, { $metadata: answer.$metadata });
}

/** `label`: who asked, as advice names it (`Identity.label`). */
export function classify(error: unknown, action: Action, label: string): CallFailure {
  if (error instanceof FailureError) return error.failure;
  if (error instanceof IdentityChanged) throw error;
  if (!(error instanceof Error) || isBug(error)) throw error;
  const facts = factsOf(error);
  const { code, retry } = classOf(facts);
  return {
    name: facts.name,
    code,
    retry,
    message: `${action}: ${facts.name}: ${facts.message}`,
    remedy: remedyFor(code, facts, action, label),
    ...(facts.status === null || !facts.isServiceWord ? {} : { serviceStatus: facts.status }),
    requestId: facts.requestId,
    ...(facts.status === null ? {} : { status: facts.status }),
  };
}

/** As the SDK throws it. Members of an error's body stand on it as they came, so that none is sure to be of its type. */
interface SdkError extends Error {
  readonly code?: unknown;
  readonly $fault?: unknown;
  readonly $metadata?: {
    readonly httpStatusCode?: number;
    readonly requestId?: string;
    readonly clockSkewCorrected?: boolean;
  };
  /** The answer, where one came. */
  readonly $response?: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> };
}

function factsOf(error: SdkError): ErrorFacts {
  const text = bodyText(error.$response?.body);
  const isUnreadable = namesNoFault(error, text);
  const fault = isUnreadable ? (xmlFault(text) ?? noFault(error, text)) : faultOf(error);
  return {
    name: fault.name.slice(0, longestName),
    message: oneLine(fault.message),
    code: codeOf(error),
    status: error instanceof ProxyRefusal ? error.status : (error.$metadata?.httpStatusCode ?? null),
    requestId: error.$metadata?.requestId ?? null,
    isUnreadable: fault.name === unreadableName,
    isServiceWord: isNamedIn(text, error.$response?.headers ?? {}, fault.name),
    isDamaged: error instanceof MalformedAnswer ? error.isDamaged : isCutShort(text),
    clockWasCorrected: error.$metadata?.clockSkewCorrected === true,
  };
}

/** What the SDK calls a refusal that has no name. */
const nameless = ['Unknown', ''];

/** An answer came, and it is neither what was asked for nor a refusal with its name. */
function namesNoFault(error: SdkError, text: string): boolean {
  if (error instanceof SyntaxError) return true;
  if (error.$response === undefined) return false;
  return error.$fault === undefined || nameless.includes(error.name) || isTypedOddly(text);
}

/** The SDK makes a name of whatever stands there: of a list with one name in it that very name. */
function isTypedOddly(text: string): boolean {
  const type = jsonObjectIn(text)?.['__type'];
  return type !== undefined && typeof type !== 'string';
}

/** AWS JSON names its error in the body, REST-JSON in a header beside it (Smithy, "Operation error serialization"). */
function isNamedIn(text: string, headers: Readonly<Record<string, string>>, name: string): boolean {
  const body = jsonObjectIn(text);
  if (body === null) return false;
  const named = typeof body['__type'] === 'string' ? body['__type'] : (headers['x-amzn-errortype'] ?? '');
  return named.replace(/^.*#/, '').replace(/:.*$/, '') === name;
}

function jsonObjectIn(text: string): JsonObject | null {
  if (!text.trimStart().startsWith('{')) return null;
  try {
    const value = JSON.parse(text) as JsonValue;
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Node's, such as ECONNRESET; a body may have a member of that name too. */
function codeOf(error: SdkError): string | null {
  return error.$response === undefined && typeof error.code === 'string' ? error.code : null;
}

/** Node's network errors are all named `Error`; their code says more. */
function nameOf(error: SdkError): string {
  return error.name === 'Error' ? (codeOf(error) ?? error.name) : error.name;
}

interface Fault {
  readonly name: string;
  readonly message: string;
}

function faultOf(error: SdkError): Fault {
  const message: unknown = error.message;
  return { name: nameOf(error), message: typeof message === 'string' ? message : JSON.stringify(message, asText) };
}

/** From Node 21 on the SDK makes a bigint of a whole number that no double holds, and JSON has none. */
function asText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/** A JSON service that answers in XML does so for errors of its front end, such as `<Code>AccessDenied</Code>`. */
function xmlFault(text: string): Fault | null {
  const name = /<Code>([\w.]{1,100})<\/Code>/.exec(text)?.[1];
  if (name === undefined) return null;
  return { name, message: /<Message>([^<]*)<\/Message>/.exec(text)?.[1] ?? '' };
}

const unreadableName = 'UnreadableAnswer';

function noFault(error: SdkError, text: string): Fault {
  const status = error.$metadata?.httpStatusCode ?? 'status unknown';
  const said = error.$fault === undefined ? '' : `: ${faultOf(error).message}`;
  return { name: unreadableName, message: `the answer is ${kindOfText(text)} (HTTP ${status})${said}` };
}

const longestName = 100;
/** AWS's longest are some hundred characters; what stands between may send any length, and it stands at every pool. */
const longestMessage = 2000;

/** The SDK appends hints for programmers in lines of their own. Without a full stop: the sentence goes on, or ends with its own. */
function oneLine(message: string): string {
  return message.split('\n')[0]?.trim().slice(0, longestMessage).replace(/\.$/, '') ?? '';
}

function isBug(error: SdkError): boolean {
  const isProgrammingError =
    error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
  return isProgrammingError && error.$response === undefined && typeof error.code !== 'string';
}
