import { isOpen } from '../domain/result/result.ts';
import { signalExitCode, type SignalExitCode } from '../domain/result/exit-code.ts';
import { furtherReads, readSet } from '../domain/model/api/reads.ts';
import { existsSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { probe } from '../reading/probing-cloud.ts';
import { openRunDirectory, type RunDirectory } from '../run-directory/run-directory.ts';
import type { ReadingScope } from '../reading/accounts/scope.ts';
import { loadSettings } from '../config/settings/load-settings.ts';
import { namedUnits } from '../domain/policy/named-units.ts';
import { readingNeeds } from '../domain/policy/advice/reading-needs.ts';
import { isWritingConfigured } from '../domain/policy/writing-accounts.ts';
import { jsonPage } from '../escape/json.ts';
import { doctorReport, doctorSentence } from '../report/doctor.ts';
import { doctorDocument, type DoctorView } from '../report/documents/doctor-document.ts';
import type { DocumentFormat } from '../report/format.ts';
import type { AuditFlags, ConnectionFlags, DocumentFlags, OutputFlags } from './line/flags.ts';
import { evaluateRun } from '../result/evaluate-run.ts';
import { loadInputs, onBothClocks } from './run/inputs.ts';
import { openSession, readWithProgress, type Session } from './run/aws-session.ts';
import { documentOutputs, writeFormatOutputs, type DrawFormat, type FormatOutput } from './output/format-outputs.ts';
import { say, waitingOn, type Shell } from './output/shell.ts';
import { elsewhere, tellingFor } from './run/telling.ts';
import { noPolicies } from './run/no-policies.ts';
import { trialOfBlaming } from './run/trial-of-blaming.ts';
import { trialOfWriting } from './change/trial-of-writing.ts';
import { sayUsed } from './output/used-files.ts';
import type { RunInputs } from '../domain/policy/run-inputs.ts';

export type DoctorFlags = ConnectionFlags &
  OutputFlags &
  DocumentFlags &
  Pick<AuditFlags, 'config' | 'settings' | 'account' | 'region'> & { readonly redact: boolean };

const formats = {
  table: ({ result, findings }, options) => doctorReport(result, findings, options),
  json: async function* (view, { masking }) {
    yield `${jsonPage(await doctorDocument(view, masking))}\n`;
  },
} satisfies Record<DocumentFormat, DrawFormat<DoctorView>>;

/** Tries every permission that a run needs, once in each account and region. Exit 0 when all are there, else 3. */
export async function doctor(flags: DoctorFlags, shell: Shell): Promise<0 | 3 | SignalExitCode> {
  const outputs = await documentOutputs(flags);
  const inputs = await loadWhatIsThere(flags, shell);
  const telling = await tellingFor(flags, shell);
  const { settings } = inputs;
  const session = await openSession(settings, flags, shell, telling, sayUsed(settings, flags, shell));
  if (session.connection.isEndpointOverridden) telling.warn(elsewhere);
  try {
    return await examine(session, onBothClocks(inputs, session.clock), outputs, flags, shell);
  } finally {
    session.connection.close();
  }
}

/** Before there is a policy, doctor tries what most policies will need. */
async function loadWhatIsThere(flags: DoctorFlags, shell: Shell): Promise<RunInputs> {
  const settings = loadSettings({ file: flags.config ?? null, flags: flags.settings, env: shell.env });
  const isFirst = flags.settings.policies === undefined && !settings.policies.some((path) => existsSync(path));
  return isFirst ? { settings, set: noPolicies, files: [], sourceFolder: '' } : loadInputs(flags, shell, new Date());
}

async function examine(
  session: Session,
  loaded: RunInputs,
  outputs: readonly FormatOutput<DocumentFormat>[],
  flags: DoctorFlags,
  shell: Shell,
): Promise<0 | 3 | SignalExitCode> {
  const directory = await openScratch(session, shell);
  try {
    const probed = probe(session.connection);
    const probing = { ...session, connection: { ...session.connection, ...probed.cloud } };
    const sources = loaded.files.map(({ file }) => file);
    const reading = await readWithProgress(probing, scopeOf(loaded, flags), directory.store, flags, shell, sources);
    const result = await evaluateRun({
      loaded: { ...loaded, settings: { ...loaded.settings, requireCoverage: false } },
      flags: { ...flags, exitZero: false, failOnNew: false },
      shard: null,
      session,
      directory,
      reading,
      signal: shell.signal,
    });
    const writing = reading.interrupted ? null : await trialOfWriting(session, loaded, reading, directory);
    const blaming = reading.interrupted ? null : await trialOfBlaming(session, loaded, reading, directory);
    const failures = [...(writing?.gaps ?? []), ...(blaming?.gaps ?? [])];
    const isWell = result.head.summary.gaps.open === 0 && !failures.some(isOpen);
    const exitCode = reading.interrupted ? signalExitCode(shell.signal) : isWell ? 0 : 3;
    const { set, settings } = loaded;
    const found = { policies: set.policies.length, policyPaths: settings.policies };
    const findings = { ...found, pools: probed.pools(), writing, blaming };
    await writeFormatOutputs({ result, findings, exitCode }, formats, outputs, flags, shell);
    await say(shell, doctorSentence(exitCode, result, findings));
    return exitCode;
  } finally {
    await directory.close({ finished: true, delete: true });
  }
}

function openScratch({ clock }: Session, shell: Shell): Promise<RunDirectory> {
  return openRunDirectory(join(tmpdir(), `mfa-drift-doctor-${randomUUID()}`), {
    resume: false,
    maxAgeMs: 0,
    now: clock.latest(),
    startedAt: clock.date(),
    newRunId: randomUUID(),
    inputs: { tool: '', policies: '', configuration: '', scope: '' },
    fallbackFolder: null,
    ...waitingOn(shell),
  });
}

function scopeOf({ settings, set }: RunInputs, flags: DoctorFlags): ReadingScope {
  const isFirst = set.policies.length === 0;
  const needs = isFirst ? { accountNames: true, accountPaths: true, accountTags: false } : readingNeeds(set, settings);
  const describes = isFirst || isWritingConfigured(set, settings);
  const asked = furtherReads.filter((read) => set.members[read].length > 0);
  const tried = readSet(describes ? [...asked, 'userPool'] : asked);
  return {
    settings,
    needs: { ...needs, furtherReads: () => tried },
    filters: { accounts: flags.account ?? null, regions: flags.region ?? null, shard: null },
    namedUnits: namedUnits(set),
    confirmsOwners: true,
  };
}
