/**
 * `npm run bench:peers -- [PEER…]`: the same organization, with AWS's quotas, read by this program and by what else is here: what
 * each says of each kind of pool, how many calls it takes, and what that costs.
 */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withServer } from '../sandbox-process.ts';
import { allAccounts, peerFleet, regions, roleArn } from './fleet.ts';
import { measured } from './measured.ts';
import type { Ended, Peer, PeerCounts } from './peer.ts';
import { scores, strangers } from './score.ts';
import { summary, type PeerResult } from './tables.ts';
import { boto3 } from './tools/boto3.ts';
import { c7nOrg } from './tools/c7n-org.ts';
import { cloudSploit } from './tools/cloud-sploit.ts';
import { electricEye } from './tools/electric-eye.ts';
import { mfaDrift } from './tools/mfa-drift.ts';
import { prowler } from './tools/prowler.ts';

const peers: readonly Peer[] = [mfaDrift, boto3, c7nOrg, ...electricEye, cloudSploit, prowler];
const latencyMs = 40;

const usage = `Usage: npm run bench:peers -- [--help] [--keep DIRECTORY] [--last N] [PEER…]

What each tool says of 400 pools in 20 accounts and 2 regions, some of which it can't read, and what that takes.
${peers.map(({ name }) => name).join(', ')}; without a name all that are here.

c7n-org, prowler, python3 with boto3: from the path.
PEER_ELECTRICEYE=DIRECTORY, PEER_ELECTRICEYE_PYTHON=FILE: a checkout, and the Python that has its requirements.
PEER_CLOUDSPLOIT=DIRECTORY: a checkout with its node_modules.

--keep DIRECTORY  leaves there, for each tool, what it printed and wrote
--last N          besides the management account only the last N accounts, among them all that can't be read whole (4)
`;

const { values, positionals } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    keep: { type: 'string' },
    last: { type: 'string', default: String(allAccounts) },
  },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => peers.every((peer) => peer.name !== name));
if (unknown.length > 0) throw new Error(`There is no peer ${unknown.join(', ')}.\n${usage}`);
const last = Number(values.last);
if (!Number.isInteger(last) || last < 1 || last > allAccounts)
  throw new Error(`--last must be 1 to ${allAccounts}, not ${values.last}.`);
if (values.help === true) process.stdout.write(usage);
else await runAll(peers.filter(({ name }) => positionals.length === 0 || positionals.includes(name)));

async function runAll(chosen: readonly Peer[]): Promise<void> {
  for (const peer of chosen) {
    const version = peer.version();
    if (version === null) process.stdout.write(`${peer.name}: SKIPPED, it is not here (${peer.from})\n\n`);
    else process.stdout.write(`${summary(await resultOf(peer, version))}\n`);
  }
}

/** Each gets a fresh sandbox. */
async function resultOf(peer: Peer, version: string): Promise<PeerResult> {
  const folder = await mkdtemp(join(tmpdir(), 'mfa-drift-bench-peers-'));
  const { fleet, pools } = peerFleet(last);
  try {
    return await withServer<PeerCounts, PeerResult>('peers/server.js', { latencyMs, last }, async (sandbox) => {
      const accountIds = fleet.accounts.map(({ id }) => id);
      const closed = new Set(pools.filter(({ kind }) => kind === 'unreachable').map(({ accountId }) => accountId));
      const enterableIds = accountIds.filter((id) => !closed.has(id));
      const asked = { accountIds, enterableIds, regions, roleArn, environment: sandbox.environment, folder };
      const took = await measured(await peer.commands(asked), peer.atOnce, sandbox.environment);
      if (values.keep !== undefined) await keep(values.keep, peer.name, folder, took.runs);
      const said = await peer.said(asked, took.runs);
      const counts = await sandbox.counts();
      const exitCodes = took.runs.map(({ exitCode }) => exitCode);
      return {
        name: peer.name,
        version,
        took,
        exitCodes,
        ...counts,
        scores: [...scores(pools, said)],
        strangers: strangers(pools, said),
      };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function keep(directory: string, name: string, folder: string, runs: readonly Ended[]): Promise<void> {
  const kept = join(directory, name);
  await cp(folder, kept, { recursive: true });
  await writeFile(join(kept, 'runs.json'), JSON.stringify(runs, null, 2));
}
