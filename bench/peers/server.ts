/** The peers' organization behind its front, as a process of its own: says where it is and, when asked, what it was asked. */
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { peerFleet, regions } from './fleet.ts';
import { startFront } from './front.ts';
import type { PeerCounts, ServerOptions } from './peer.ts';

const { latencyMs, last }: ServerOptions = JSON.parse(process.argv[2] ?? '');
const sandbox = await startSandbox({ fleet: peerFleet(last).fleet });
const front = await startFront(sandbox.url, regions, latencyMs);
process.on('message', () => process.send?.(counts()));
process.on('disconnect', () => process.exit());
process.send?.({ environment: { ...sandbox.environment, AWS_ENDPOINT_URL: front.url } });

function counts(): PeerCounts {
  const throttles = ['TooManyRequestsException', 'Throttling'];
  return {
    calls: Object.fromEntries(front.calls),
    throttled: throttles.reduce((sum, name) => sum + sandbox.calls.count(undefined, name), 0),
  };
}
