import { existsSync } from 'node:fs';
import { writeFileAtomically } from '../../atomic-file.ts';
import { loadSettings } from '../../config/settings/load-settings.ts';
import { pinnedPolicy, policySkeleton } from '../../config/policies/policy-text.ts';
import { UserError } from '../../errors.ts';
import type { ConnectionFlags, LogFlags } from '../line/flags.ts';
import { noPolicies } from '../run/no-policies.ts';
import { fetchPool } from '../one-pool/one-pool.ts';
import { parsePoolReference, poolIdIn, type PlaceFlags } from '../line/pool-reference.ts';
import { mayLack, printedAnswer } from '../one-pool/printed-answer.ts';
import { say, type Shell } from '../output/shell.ts';

export interface PolicyInitFlags extends ConnectionFlags, PlaceFlags, LogFlags {
  readonly config?: string;
  readonly out?: string;
  /** What the AWS CLI printed of the pool, instead of asking AWS; `-`: standard input. */
  readonly answer?: string;
}

/** Writes a policy to begin with: a skeleton, or one that pins what a live pool has now. Nothing is overwritten. */
export async function policyInit(pool: string | undefined, flags: PolicyInitFlags, shell: Shell): Promise<0> {
  if (flags.out !== undefined && existsSync(flags.out)) {
    throw new UserError(`${flags.out} is there already: name another file with --out, or delete it.`);
  }
  const text = await policyText(pool, flags, shell);
  if (flags.out === undefined) {
    await shell.stdout.write(text);
    return 0;
  }
  await writeFileAtomically(flags.out, [text]);
  await say(shell, `Wrote ${flags.out}. Check it: mfa-drift policy check --policies ${flags.out}`);
  return 0;
}

async function policyText(pool: string | undefined, flags: PolicyInitFlags, shell: Shell): Promise<string> {
  if (flags.answer !== undefined) return pinnedAsPrinted(pool, flags.answer, shell);
  return pool === undefined ? policySkeleton() : pinned(pool, flags, shell);
}

async function pinnedAsPrinted(pool: string | undefined, file: string, shell: Shell): Promise<string> {
  if (pool === undefined)
    throw new UserError(`--answer ${file}: the AWS CLI does not print which pool it asked: name it, by its ARN or id.`);
  const poolId = poolIdIn(pool);
  const config = await printedAnswer(file);
  const note = mayLack(config);
  await say(shell, `warning: ${note}`);
  return pinnedPolicy({ poolId, poolName: poolId, config, observedAt: new Date().toISOString(), note });
}

async function pinned(text: string, flags: PolicyInitFlags, shell: Shell): Promise<string> {
  const location = parsePoolReference(text, flags);
  const settings = loadSettings({ file: flags.config ?? null, flags: {}, env: shell.env });
  const { pool } = await fetchPool(
    location,
    { settings, set: noPolicies, files: [], sourceFolder: '' },
    flags,
    shell,
    (fetched) => Promise.resolve(fetched),
  );
  const { poolId, poolName, mfaConfig, observedAt } = pool;
  if (!mfaConfig.read) throw new UserError([mfaConfig.failure.message, mfaConfig.failure.remedy]);
  return pinnedPolicy({ poolId, poolName, config: mfaConfig.value, observedAt, note: null });
}
