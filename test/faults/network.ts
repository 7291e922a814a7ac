/** A service and a network in trouble at random, in whatever they are asked: nothing that is said may change by it. */
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Fault } from '../../src/sandbox/faults/faults.ts';
import type { QuotaRates } from '../../src/sandbox/quotas.ts';
import { attackedFleet, attackedWriting } from '../attack/organization.ts';
import { writeWorkspace } from '../end-to-end/workspace.ts';
import { evaluate } from '../oracle/evaluate.ts';
import { audited, endOf, placesIn } from './attacked-audit.ts';
import { changesIn, everyPool, journalText, workplace } from './organization.ts';
import type { Expected, Played, Row } from './row.ts';

interface Trouble {
  readonly faults: readonly Fault[];
  readonly quotas?: Partial<QuotaRates>;
}

/** Share of the calls that it meets; where a call ends by a time-out it is kept small. */
const troubles: Readonly<Record<string, Trouble>> = {
  'a throttle, one call in five': { faults: [{ fault: 'throttle', rate: 0.2 }] },
  'a throttle, two calls in five': { faults: [{ fault: 'throttle', rate: 0.4 }] },
  'a server error, one call in five': { faults: [{ fault: 'http500', rate: 0.2 }] },
  'a page under a 503, one call in five': { faults: [{ fault: 'notJson', rate: 0.2 }] },
  'a reset before it acts, one call in seven': { faults: [{ fault: 'resetBefore', rate: 0.15 }] },
  'a reset after it acted, one call in seven': { faults: [{ fault: 'resetAfter', rate: 0.15 }] },
  'half an answer, one call in seven': { faults: [{ fault: 'truncate', rate: 0.15 }] },
  'a connection that ends in its answer, one call in seven': { faults: [{ fault: 'cutBody', rate: 0.15 }] },
  'no answer at all, one call in twenty': { faults: [{ fault: 'hang', rate: 0.05 }] },
  'a session that ends before its time, three times': { faults: [{ fault: 'expireSession', rate: 0.3, count: 3 }] },
  'answers that come late and out of order': { faults: [{ latencyMs: [0, 60] }] },
  'the first four calls of each kind are throttled': { faults: [{ fault: 'throttle', count: 4 }] },
  'the first four calls of each kind are reset': { faults: [{ fault: 'resetBefore', count: 4 }] },
  'a quota of four calls a second': {
    faults: [],
    quotas: { UserPoolRead: 4, UserPoolResourceRead: 4, UserPoolResourceUpdate: 4 },
  },
  'everything at once': {
    faults: [
      { fault: 'throttle', rate: 0.1 },
      { fault: 'http500', rate: 0.08 },
      { fault: 'notJson', rate: 0.04 },
      { fault: 'resetBefore', rate: 0.05 },
      { fault: 'resetAfter', rate: 0.05 },
      { fault: 'truncate', rate: 0.04 },
      { fault: 'cutBody', rate: 0.04 },
      { latencyMs: [0, 20] },
    ],
  },
};

const today = new Date().toISOString().slice(0, 10);
/** What never answers ends soon. */
const timeout = ['--cli-read-timeout', '0.5'];

function inOperation({ faults }: Trouble, operation: string): readonly Fault[] {
  return operation === 'any' ? faults : faults.map((fault) => ({ ...fault, operations: [operation] }));
}

function expectedOfAudit(seed: number): Expected {
  const fleet = attackedFleet(seed);
  const verdicts = evaluate(fleet, attackedWriting('listed'), today);
  return { exitCodes: [verdicts?.exitCode ?? 1], verdicts, pools: placesIn(fleet) };
}

async function playAudit(trouble: Trouble, operation: string, seed: number, signal: AbortSignal): Promise<Played> {
  const workspace = await writeWorkspace(attackedWriting('listed'));
  const faults = { seed, faults: inOperation(trouble, operation) };
  const sandbox = await startSandbox({ fleet: attackedFleet(seed), faults, ...quotasOf(trouble) });
  try {
    return await audited(workspace, sandbox.environment, signal, timeout);
  } finally {
    await sandbox.close();
  }
}

async function playApply(trouble: Trouble, operation: string, seed: number, signal: AbortSignal): Promise<Played> {
  const faults = { seed, faults: inOperation(trouble, operation) };
  const place = await workplace(signal, { faults, ...quotasOf(trouble) });
  try {
    const ended = await place.run([...place.apply, ...timeout]);
    return { ...endOf(ended), changes: changesIn(place, ended.stdout, [await journalText(place.journal)]), odd: [] };
  } finally {
    await place.sandbox.close();
  }
}

function quotasOf({ quotas }: Trouble) {
  return quotas === undefined ? {} : { quotas };
}

/** Of a quota there is but one place. */
function placesOf({ faults }: Trouble, operations: readonly string[]): readonly string[] {
  return faults.length === 0 ? ['any'] : ['any', ...operations];
}

const readOperations = [
  'AssumeRole',
  'ListAccounts',
  'ListRegions',
  'ListUserPools',
  'GetUserPoolMfaConfig',
  'DescribeUserPool',
];
const writeOperations = ['SetUserPoolMfaConfig', 'GetUserPoolMfaConfig', 'AssumeRole'];

export const troubleRows: readonly Row[] = Object.entries(troubles).flatMap(([kind, trouble]) => [
  ...placesOf(trouble, readOperations).map((operation): Row => ({
    family: 'network',
    kind,
    operation: `audit: ${operation}`,
    expected: expectedOfAudit,
    play: (seed, signal) => playAudit(trouble, operation, seed, signal),
  })),
  ...placesOf(trouble, writeOperations).map((operation): Row => ({
    family: 'network',
    kind,
    operation: `apply: ${operation}`,
    expected: () => ({ exitCodes: [0], changed: everyPool }),
    play: (seed, signal) => playApply(trouble, operation, seed, signal),
  })),
]);
