/**
 * `npm run bench:peers`: the same organization, with AWS's quotas, read by this program and by what else is installed:
 * how much of the truth each tells, how many calls it takes, and what that costs.
 */
import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { awsQuotas } from '../../src/sandbox/quotas.ts';
import { auditOf } from '../audit-run.ts';
import { auditRole, benchFleet, regionsOf, type FleetShape } from '../fleet.ts';
import { withSandbox, type SandboxProcess } from '../sandbox-process.ts';
import { scanners, type Fleet, type Told } from './scanners.ts';

const shape: FleetShape = {
  accounts: 40,
  regions: 3,
  poolsInEachUnit: 8,
  poolsInLargestUnit: 200,
  quotas: awsQuotas,
};
const latencyMs = 40;
const fleet: Fleet = {
  accountIds: benchFleet(shape).accounts.map(({ id }) => id),
  regions: regionsOf(shape),
  roleArn: (accountId) => `arn:aws:iam::${accountId}:role/${auditRole}`,
};
const pools = (shape.accounts * shape.regions - 1) * shape.poolsInEachUnit + 200;

interface Peer {
  readonly name: string;
  isThere(): boolean;
  read(sandbox: SandboxProcess): Promise<Told>;
}

const peers: readonly Peer[] = [
  { name: 'mfa-drift', isThere: () => true, read: (sandbox) => ours(sandbox, {}) },
  {
    name: 'mfa-drift, quotaShare 1',
    isThere: () => true,
    read: (sandbox) => ours(sandbox, { quotaShare: 1 }),
  },
  { name: 'boto3, 10 threads', isThere: hasBoto3, read: (sandbox) => boto3(sandbox, 10) },
  { name: 'boto3, 50 threads', isThere: hasBoto3, read: (sandbox) => boto3(sandbox, 50) },
  ...scanners.map((scanner): Peer => ({ ...scanner, read: (sandbox) => scanner.read(sandbox, fleet) })),
];

process.stdout.write(
  `${shape.accounts} accounts, ${shape.regions} regions, ${pools} pools, AWS's quotas, ${latencyMs} ms\n`,
);
for (const peer of peers) {
  if (!peer.isThere()) {
    process.stdout.write(`${peer.name}: SKIPPED, it is not installed\n`);
    continue;
  }
  const line = await withSandbox({ shape, latencyMs }, async (sandbox) => {
    const told = await peer.read(sandbox);
    const { calls, throttled } = await sandbox.counts();
    return `${told.right} of ${pools} pools told rightly, ${calls} calls, ${throttled} throttled, ${seconds(told.cpuMs)} s of processor, ${seconds(told.wallMs)} s, ${Math.round(told.peakMb)} MB${complaint(told)}`;
  });
  process.stdout.write(`${peer.name}: ${line}\n`);
}

/** The audit fails here where it has not read every pool. */
async function ours(sandbox: SandboxProcess, limits: object): Promise<Told> {
  return { ...(await auditOf(sandbox, { regions: regionsOf(shape), limits }, pools)), right: pools };
}

function hasBoto3(): boolean {
  return spawnSync('python3', ['-c', 'import boto3']).status === 0;
}

async function boto3({ environment }: SandboxProcess, threads: number): Promise<Told> {
  const script = fileURLToPath(new URL('../../../../bench/peers/boto3-pool.py', import.meta.url));
  const env = {
    ...process.env,
    ...environment,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
  const { stdout } = await promisify(execFile)(
    'python3',
    [script, auditRole, regionsOf(shape).join(','), String(threads)],
    { env, maxBuffer: 2 ** 28 },
  );
  const said: Omit<Told, 'right'> & { modes: Record<string, string> } = JSON.parse(stdout);
  return { ...said, right: Object.values(said.modes).filter((mode) => mode === 'OPTIONAL').length };
}

function complaint({ complaints = [] }: Told): string {
  const [first] = complaints;
  return first === undefined
    ? ''
    : `; ${complaints.length} processes failed, the first with: ${first.trim().split('\n').at(-1)}`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
