import { expect, it } from 'vitest';
import { failed, isGone, isOwnDenial, isOwnFault, succeeded, type CallFailure } from '../../src/pacing/call-result.ts';
import { throttledFailure } from './service.ts';

const missing: CallFailure = {
  ...throttledFailure,
  name: 'ResourceNotFoundException',
  code: 'AccessDenied',
  retry: 'no',
};
const denied: CallFailure = { ...missing, name: 'AccessDeniedException' };
const unsaid = missing;

it.each<[string, CallFailure, boolean, boolean, boolean]>([
  [
    'the service says that it is not there',
    { ...missing, code: 'server-error', serviceStatus: 400 },
    true,
    true,
    false,
  ],
  ['a proxy says that it is not there', { ...missing, code: 'server-error', status: 404 }, false, false, false],
  ['a proxy uses its name', unsaid, false, false, false],
  ['the service denies', { ...denied, serviceStatus: 400 }, false, true, true],
  ['the service denies by HTTP', { ...denied, serviceStatus: 403 }, false, false, true],
  ['a proxy denies', { ...denied, status: 403 }, false, false, false],
  ['the service is out of order', { ...missing, code: 'server-error', serviceStatus: 500 }, false, false, false],
  ['the service throttles', { ...throttledFailure, serviceStatus: 400 }, false, true, false],
])('%s: gone, own fault, own denial', (_what, failure, gone, ownFault, ownDenial) => {
  expect([isGone(failed(failure)), isOwnFault(failure), isOwnDenial(failure)]).toEqual([gone, ownFault, ownDenial]);
});

it('what was answered is there', () => {
  expect(isGone(succeeded({ failure: { ...missing, serviceStatus: 400 } }))).toBe(false);
});
