import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { probingCloud } from '../audit/probing-cloud.ts';
import { openRunDirectory } from '../audit/run-directory/run-directory.ts';
import type { ReadingScope } from '../audit/scope.ts';
import { loadSettings } from '../config/settings/load-settings.ts';
import type { Settings } from '../domain/settings.ts';
import { createLogger } from '../log.ts';
import { doctorReport } from '../report/doctor.ts';
import type { AuditFlags, ConnectionFlags, OutputFlags } from './flags.ts';
import { judgeReading } from './judged.ts';
import type { Loaded } from './loaded.ts';
import { openSession, readWithProgress, type Session } from './reading.ts';
import { pageMasking, wantsColor } from './page-options.ts';
import { waitingOn, type Shell } from './shell.ts';

export type DoctorFlags = ConnectionFlags &
  OutputFlags &
  Pick<AuditFlags, 'config' | 'account' | 'region'> & { readonly redact: boolean };

/** Tries every permission that an audit needs, once in each account and region. Exit 0 when all are there, else 3. */
export async function doctor(flags: DoctorFlags, shell: Shell): Promise<number> {
  const settings = {
    ...loadSettings({ file: flags.config ?? null, flags: {}, env: shell.env }),
    requireCoverage: false,
  };
  const log = await createLogger(flags.logLevel, shell.stderr.isTerminal ? 'pretty' : 'json');
  const session = await openSession(settings, flags, shell.signal, log);
  try {
    return await examine(session, settings, flags, shell);
  } finally {
    session.connection.close();
  }
}

async function examine(session: Session, settings: Settings, flags: DoctorFlags, shell: Shell): Promise<number> {
  const directory = await openRunDirectory(join(tmpdir(), `mfa-drift-doctor-${randomUUID()}`), {
    resume: false,
    maxAgeMs: 0,
    now: new Date(),
    newRunId: randomUUID(),
    inputs: { tool: '', policies: '', configuration: '', scope: '' },
    fallbackFolder: null,
    ...waitingOn(shell),
  });
  try {
    const probing = { ...session, connection: { ...session.connection, ...probingCloud(session.connection) } };
    const sources = settings.file === null ? [] : [settings.file];
    const reading = await readWithProgress(probing, scopeOf(settings, flags), directory.store, flags, shell, sources);
    const loaded: Loaded = { settings, set: noPolicies, files: [] };
    const result = await judgeReading({
      loaded,
      flags: { ...flags, exitZero: false, failOnNew: false },
      shard: null,
      session,
      directory,
      reading,
      signal: shell.signal,
    });
    const options = {
      columns: shell.stdout.columns,
      color: wantsColor(flags, shell),
      masking: pageMasking(flags.redact ? undefined : false, shell.stdout),
      fallbackFile: '',
    };
    for await (const chunk of doctorReport(result, options)) await shell.stdout.write(chunk);
    return result.head.run.exitCode;
  } finally {
    await directory.close({ finished: true, delete: true });
  }
}

const noPolicies = { policies: [], exceptions: [], files: [], userPoolMembers: [], sha256: '', warnings: [] };

function scopeOf(settings: Settings, flags: DoctorFlags): ReadingScope {
  return {
    settings,
    needs: { accountNames: true, accountPaths: true, accountTags: false, userPool: () => true },
    filters: { accounts: flags.account ?? null, regions: flags.region ?? null, shard: null },
    namedUnits: [],
    confirmsOwners: true,
  };
}
