import { UserError } from '../../errors.ts';
import { packageFile } from '../../package-file.ts';
import { loadFaults } from '../../sandbox/faults/load-faults.ts';
import type { Fleet } from '../../sandbox/fleet/fleet.ts';
import { generateFleet } from '../../sandbox/fleet/generate/generate.ts';
import { loadFleet } from '../../sandbox/fleet/load-fleet.ts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import type { SandboxFlags } from '../line/flags.ts';

/** Starts the sandbox that the flags describe; by default with the shipped demo fleet. */
export async function startFromFlags(flags: SandboxFlags): Promise<Sandbox> {
  return startSandbox({
    fleet: fleetOf(flags),
    switches: parseSwitches(flags.unverified ?? []),
    ...(flags.faults === undefined ? {} : { faults: loadFaults(flags.faults) }),
    ...(flags.port === undefined ? {} : { port: flags.port }),
  });
}

function fleetOf({ fleet, seed, accounts, pools }: SandboxFlags): Fleet {
  if (seed === undefined) {
    if (accounts !== undefined || pools !== undefined)
      throw new UserError('--accounts and --pools size a made-up organization: add --seed.');
    return loadFleet(fleet ?? packageFile('demo/fleet.yaml'));
  }
  if (fleet !== undefined)
    throw new UserError('--fleet and --seed exclude each other: an organization is read or made up.');
  return generateFleet({ seed, accounts: accounts ?? 20, pools: pools ?? 100 });
}

function parseSwitches(specs: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    specs.map((spec) => {
      const at = spec.indexOf('=');
      if (at < 1) throw new UserError(`--unverified ${spec}: it must be ID=ANSWER.`);
      return [spec.slice(0, at), spec.slice(at + 1)];
    }),
  );
}
