/** The sandbox as a process of its own: started with a shape, it says where it is and, when asked, what it was asked. */
import { startSandbox } from '../src/sandbox/sandbox.ts';
import { benchFleet } from './fleet.ts';
import type { ServerCounts, ServerOptions } from './sandbox-process.ts';

const options: ServerOptions = JSON.parse(process.argv[2] ?? '');
const sandbox = await startSandbox({
  fleet: benchFleet(options.shape),
  ...(options.latencyMs === 0 ? {} : { faults: { faults: [{ latencyMs: options.latencyMs }] } }),
});
process.on('message', () => process.send?.(counts()));
process.on('disconnect', () => process.exit());
process.send?.({ environment: sandbox.environment });

function counts(): ServerCounts {
  const throttles = ['TooManyRequestsException', 'Throttling'];
  return {
    calls: sandbox.calls.count(),
    throttled: throttles.reduce((sum, name) => sum + sandbox.calls.count(undefined, name), 0),
    badSignatures: sandbox.calls.badSignatures,
  };
}
