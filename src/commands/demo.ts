import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { audit } from './audit.ts';
import type { AuditFlags, SandboxFlags } from './flags.ts';
import { packageFile, startFromFlags } from './sandboxed.ts';
import type { Shell } from './shell.ts';

export type DemoFlags = SandboxFlags & Omit<AuditFlags, 'runDir'>;

/** Whatever of the user's own AWS settings could point elsewhere than at the sandbox. */
const unset = {
  AWS_PROFILE: null,
  AWS_SESSION_TOKEN: null,
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: null,
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
} as const;

/** A real audit, by the shipped policies, of an organization that this process plays on loopback. */
export async function demo(flags: DemoFlags, shell: Shell): Promise<number> {
  const sandbox = await startFromFlags(flags);
  try {
    shell.exportVariables({ ...unset, ...sandbox.environment });
    return await audit(
      {
        ...flags,
        config: flags.config ?? packageFile('demo/mfa-drift.yaml'),
        policies: flags.policies ?? [packageFile('policies')],
        runDir: join(tmpdir(), `mfa-drift-demo-${process.pid}`),
      },
      shell,
    );
  } finally {
    await sandbox.close();
  }
}
