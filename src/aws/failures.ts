/** Every error that a request to AWS can end in, classified: what it means for the run and what the user can do. */
import type { Attempt, CallFailure } from '../audit/pacing/attempt.ts';
import { failed, succeeded } from '../audit/pacing/attempt.ts';
import { bodyText } from './body.ts';
import { isCutShort } from './cut-short.ts';
import { classOf, type ErrorFacts } from './error-classes.ts';
import { MalformedAnswer } from './malformed-answer.ts';
import { ProxyRefusal } from './proxy.ts';
import { remedyFor } from './remedies.ts';

/** The IAM action of a request, such as `cognito-idp:ListUserPools`. */
export type Action = `${string}:${string}`;

/** A failure that happened on the way to a request, already classified (the role's credentials). */
export class FailureError extends Error {
  override readonly name = 'FailureError';
  readonly failure: CallFailure;

  constructor(failure: CallFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Runs one request and turns what it throws into a value. Errors that no request can bring are bugs and pass. */
export async function attempt<T>(action: Action, request: () => Promise<T>, label: string): Promise<Attempt<T>> {
  try {
    return succeeded(await request());
  } catch (error) {
    return failed(classify(error, action, label));
  }
}

/** `label`: who asked, as advice names it (`Identity.label`). */
export function classify(error: unknown, action: Action, label: string): CallFailure {
  if (error instanceof FailureError) return error.failure;
  if (!(error instanceof Error) || isBug(error)) throw error;
  const facts = factsOf(error);
  const { code, retry } = classOf(facts);
  return {
    name: facts.name,
    code,
    retry,
    message: `${action}: ${facts.name}: ${facts.message}`,
    remedy: remedyFor(code, facts, action, label),
    requestId: facts.requestId,
  };
}

interface SdkError extends Error {
  readonly code?: unknown;
  readonly $metadata?: {
    readonly httpStatusCode?: number;
    readonly requestId?: string;
    readonly clockSkewCorrected?: boolean;
  };
  readonly $response?: { readonly body?: unknown };
}

function factsOf(error: SdkError): ErrorFacts {
  const text = bodyText(error.$response?.body);
  const fault = xmlFault(text);
  const isUnreadable = error instanceof SyntaxError;
  return {
    name: isUnreadable ? (fault?.name ?? 'UnreadableAnswer') : nameOf(error),
    message: isUnreadable ? (fault?.message ?? unreadable(error)) : oneLine(error.message),
    code: typeof error.code === 'string' ? error.code : null,
    status: error instanceof ProxyRefusal ? error.status : (error.$metadata?.httpStatusCode ?? null),
    requestId: error.$metadata?.requestId ?? null,
    isUnreadable: isUnreadable && fault === null,
    isDamaged: error instanceof MalformedAnswer ? error.isDamaged : isCutShort(text),
    clockWasCorrected: error.$metadata?.clockSkewCorrected === true,
  };
}

/** Node's network errors are all named `Error`; their code says more. */
function nameOf(error: SdkError): string {
  return error.name === 'Error' && typeof error.code === 'string' ? error.code : error.name;
}

/** A JSON service that answers in XML does so for errors of its front end, such as `<Code>AccessDenied</Code>`. */
function xmlFault(text: string): { readonly name: string; readonly message: string } | null {
  const name = /<Code>([\w.]{1,100})<\/Code>/.exec(text)?.[1];
  if (name === undefined) return null;
  return { name, message: oneLine(/<Message>([^<]*)<\/Message>/.exec(text)?.[1] ?? '') };
}

function unreadable(error: SdkError): string {
  const status = error.$metadata?.httpStatusCode;
  const kind = bodyText(error.$response?.body).trimStart().startsWith('<') ? 'HTML or XML' : 'no JSON';
  return `the answer is ${kind} (HTTP ${status ?? 'status unknown'})`;
}

/** The SDK appends hints for programmers in lines of their own. */
function oneLine(message: string): string {
  return message.split('\n')[0]?.trim() ?? '';
}

function isBug(error: SdkError): boolean {
  const isProgrammingError =
    error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
  return isProgrammingError && error.$response === undefined && typeof error.code !== 'string';
}
