/** Errors that any operation can meet, in each service's own form. */
import type { Answer } from './protocol/answer.ts';
import { ServiceFailure, type ServiceName } from './service-failure.ts';

/** Cognito and Organizations answer 400 to too many requests, Account 429, STS 400 with another name. */
export function throttled(service: ServiceName): ServiceFailure {
  switch (service) {
    case 'cognito-idp':
      return new ServiceFailure('TooManyRequestsException', 'Rate exceeded');
    case 'cloudtrail':
      return new ServiceFailure('ThrottlingException', 'Rate exceeded');
    case 'organizations': {
      const text = 'You have sent too many requests in too short a period of time. Try again later.';
      return new ServiceFailure('TooManyRequestsException', text, 400, { Type: 'TOO_MANY_REQUESTS' });
    }
    case 'account':
      return new ServiceFailure('TooManyRequestsException', 'Rate exceeded', 429);
    case 'sts':
      return new ServiceFailure('Throttling', 'Rate exceeded');
  }
}

export function serverFailure(service: ServiceName): ServiceFailure {
  switch (service) {
    case 'cognito-idp':
      return new ServiceFailure('InternalErrorException', 'Internal error', 500);
    case 'organizations': {
      const text =
        "AWS Organizations can't complete your request because of an internal service error. Try again later.";
      return new ServiceFailure('ServiceException', text, 500);
    }
    case 'account':
      return new ServiceFailure('InternalServerException', 'Internal error', 500);
    case 'cloudtrail':
    case 'sts':
      return new ServiceFailure(
        'InternalFailure',
        'The request processing has failed because of an unknown error.',
        500,
      );
  }
}

export function unknownOperation(service: ServiceName, operation: string): ServiceFailure {
  if (service === 'sts') {
    return new ServiceFailure('InvalidAction', `Could not find operation ${operation} for version 2011-06-15`);
  }
  return new ServiceFailure('UnknownOperationException', `The sandbox does not play ${service}:${operation}.`);
}

/** What a load balancer in front of a service says: no JSON, no request id. */
export const htmlUnavailable: Answer = {
  status: 503,
  contentType: 'text/html',
  headers: {},
  body: '<html><body><h1>503 Service Unavailable</h1></body></html>\n',
};

/** For requests that name no service of the sandbox. */
export const noSuchService: Answer = {
  status: 404,
  contentType: 'application/json',
  headers: { 'x-amzn-errortype': 'UnknownOperationException' },
  body: JSON.stringify({
    message:
      'The sandbox plays STS, Organizations, Account (ListRegions), Cognito user pools and CloudTrail (LookupEvents).',
  }),
};
