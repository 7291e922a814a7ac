/**
 * What the SDK does anew for every request though it never changes, done once. The seam is the middleware stack, which
 * is the SDK's public way to leave a step out or to put another in its place by its name.
 */
import type { BuildMiddleware, MetadataBearer, Pluggable } from '@smithy/types';

/** The SDK's own User-Agent, as it worded it for the first request: the same for all that Cognito is asked. */
let userAgent: Readonly<Record<string, string>> | null = null;

export const withoutRepetition: Pluggable<object, MetadataBearer> = {
  applyToStack(stack) {
    // It filters every input and output for a log that nobody keeps.
    stack.remove('loggerMiddleware');
    // It is for requests that a Lambda function makes in answer to others.
    stack.remove('recursionDetectionMiddleware');
    if (userAgent === null) stack.addRelativeTo(remember, { ...afterUserAgent, name: 'rememberUserAgent' });
    else
      stack.add(repeat(userAgent), { step: 'build', priority: 'low', name: 'getUserAgentMiddleware', override: true });
  },
};

const afterUserAgent = { relation: 'after', toMiddleware: 'getUserAgentMiddleware', override: true } as const;

const remember: BuildMiddleware<object, MetadataBearer> = (next) => (args) => {
  const { 'user-agent': agent, 'x-amz-user-agent': amzAgent } = headersOf(args.request);
  if (agent !== undefined && amzAgent !== undefined) userAgent = { 'user-agent': agent, 'x-amz-user-agent': amzAgent };
  return next(args);
};

function repeat(headers: Readonly<Record<string, string>>): BuildMiddleware<object, MetadataBearer> {
  return (next) => (args) => {
    Object.assign(headersOf(args.request), headers);
    return next(args);
  };
}

function headersOf(request: unknown): Record<string, string> {
  return (request as { readonly headers: Record<string, string> }).headers;
}
