/** What the sandbox is told: an organization, and what goes wrong in it. */
import { loadFaults } from '../../../src/sandbox/faults/load-faults.ts';
import { loadFleet } from '../../../src/sandbox/fleet/load-fleet.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import type { Reader } from '../loop.ts';
import { yamlBy } from '../schema-grammar.ts';
import { filesIn, fromFile } from './reader.ts';

export const fleets: Reader = {
  seeds: () => filesIn('test/fuzz/world', /^fleet\.yaml$/),
  grammar: () => yamlBy('fleet'),
  open: fromFile('fleet.yaml', async (file) => {
    await (await startSandbox({ fleet: loadFleet(file) })).close();
    return '';
  }),
};

const someFaults = `apiVersion: mfa-drift/v1
kind: Faults
seed: 3
faults:
  - { fault: throttle, operations: [ListUserPools], rate: 0.2, after: 2, count: 3 }
  - { latencyMs: [3, 9], accounts: ['100000000001'], regions: [eu-west-1] }
`;

export const faults: Reader = {
  seeds: () => Promise.resolve([Buffer.from(someFaults)]),
  grammar: () => yamlBy('faults'),
  open: fromFile('faults.yaml', async (file) => JSON.stringify(loadFaults(file)).slice(0, 0)),
};
