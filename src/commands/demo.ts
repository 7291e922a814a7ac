import type { ExitCode } from '../domain/result/exit-code.ts';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { audit } from './audit.ts';
import type { OutputFlags, PolicyFlags, ReportFlags, SandboxFlags } from './line/flags.ts';
import { packageFile } from '../package-file.ts';
import { afterDemo } from './output/next-steps.ts';
import { sandboxedEnvironment } from './sandboxed/sandboxed-environment.ts';
import { startFromFlags } from './sandboxed/start-sandbox.ts';
import type { Shell } from './output/shell.ts';

export type DemoFlags = SandboxFlags & OutputFlags & PolicyFlags & ReportFlags;

/** What an audit can be asked beside, and a demo can't. */
const unasked = {
  failOnNew: false,
  exitZero: false,
  resume: false,
  maxAge: 0,
  cliReadTimeout: 30,
  cliConnectTimeout: 10,
  verifySsl: true,
} as const;

/** A real audit, by the shipped policies, of an organization that this process plays on loopback. */
export async function demo(flags: DemoFlags, shell: Shell): Promise<ExitCode> {
  const sandbox = await startFromFlags(flags);
  try {
    shell.exportVariables(sandboxedEnvironment(shell.env, sandbox));
    return await audit(
      {
        ...unasked,
        ...flags,
        runDir: join(tmpdir(), `mfa-drift-demo-${randomUUID()}`),
        config: flags.config ?? packageFile('demo/mfa-drift.yaml'),
        settings: { policies: [packageFile('policies')], ...flags.settings },
      },
      shell,
      { leavesRun: false, next: afterDemo(shell.env) },
    );
  } finally {
    await sandbox.close();
  }
}
