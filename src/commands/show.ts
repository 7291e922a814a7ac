import { awaitedReadiness } from '../domain/remediation/plan/awaited-readiness.ts';
import type { PoolRecord } from '../domain/result/result.ts';
import { explainPool, type Explanation } from '../domain/verdict/explanation.ts';
import type { Subject } from '../domain/model/subject.ts';
import { UserError } from '../errors.ts';
import { jsonPage } from '../escape/json.ts';
import { showDocument, type ShowView } from '../report/documents/show-document.ts';
import type { DocumentFormat } from '../report/format.ts';
import { maskedExplanation } from '../report/show/masked-explanation.ts';
import { showText } from '../report/show/show-text.ts';
import type { ConnectionFlags, DocumentFlags, LogFlags, OutputFlags, PolicyFlags } from './line/flags.ts';
import { loadInputs } from './run/inputs.ts';
import { parsePoolReference, type PlaceFlags } from './line/pool-reference.ts';
import { documentOutputs, writeFormatOutputs, type DrawFormat } from './output/format-outputs.ts';
import { findSavedPool } from './one-pool/find-saved-pool.ts';
import { measuring } from './output/next-steps.ts';
import { say, type Shell } from './output/shell.ts';
import { usedOffline } from './output/used-files.ts';
import type { RunInputs } from '../domain/policy/run-inputs.ts';

export interface ShowFlags
  extends ConnectionFlags, PolicyFlags, PlaceFlags, LogFlags, DocumentFlags, Pick<OutputFlags, 'color'> {
  /** A saved result to look in, instead of AWS. */
  readonly from?: string;
  /** A saved result that knows what was measured of the users of a live pool. */
  readonly baseline?: string;
  readonly redact: boolean;
}

const formats = {
  table: ({ explanation, subject, ...seen }, options) => [showText(explanation, subject, seen, options)],
  json: ({ explanation, ...view }, { masking }) => [
    `${jsonPage(showDocument({ ...view, explanation: maskedExplanation(explanation, masking) }))}\n`,
  ],
} satisfies Record<DocumentFormat, DrawFormat<ShowView>>;

/** Shows one pool and what every policy says of it; exit 0 when it could be shown, whatever the verdict. */
export async function show(pool: string, flags: ShowFlags, shell: Shell): Promise<0> {
  const outputs = await documentOutputs(flags);
  const loaded = await loadInputs(flags, shell, new Date());
  const { explanation, subject, now } = await shownPool(pool, loaded, flags, shell);
  const { set, settings } = loaded;
  const waiting = awaitedReadiness(set, settings.remediation, subject, explanation.verdict, now);
  const command = waiting === null ? [] : measuring(waiting, explanation.verdict.record, flags);
  const awaited = waiting && { ...waiting, command, lookedIn: flags.from ?? flags.baseline ?? null };
  const view = { explanation, subject, policySetSha256: set.sha256, now, awaited };
  await writeFormatOutputs(view, formats, outputs, flags, shell);
  return 0;
}

/** Users are not asked again: a saved result has what was measured. */
function withReadiness(
  explanation: Explanation,
  { readiness, earlierReadiness }: Pick<PoolRecord, 'readiness' | 'earlierReadiness'>,
): Explanation {
  const { verdict } = explanation;
  return { ...explanation, verdict: { ...verdict, record: { ...verdict.record, readiness, earlierReadiness } } };
}

/** `now`: the day by which exceptions are judged. */
type Shown = Pick<ShowView, 'explanation' | 'subject' | 'now'>;

function shownPool(pool: string, loaded: RunInputs, flags: ShowFlags, shell: Shell): Promise<Shown> {
  const { from, baseline } = flags;
  if (from === undefined) return livePool(pool, loaded, flags, shell);
  if (baseline !== undefined)
    throw new UserError('--baseline is for a live pool: the result of --from says itself what was measured.');
  return savedPool(pool, loaded, { ...flags, from }, shell);
}

async function livePool(pool: string, loaded: RunInputs, flags: ShowFlags, shell: Shell): Promise<Shown> {
  const { settings } = loaded;
  const { fetchPool } = await import('./one-pool/one-pool.ts');
  const { withLiveCause } = await import('./one-pool/shown-cause.ts');
  const { earlierReadiness } = await import('./one-pool/earlier-readiness.ts');
  const place = parsePoolReference(pool, flags);
  const earlier = flags.baseline === undefined ? null : await earlierReadiness(flags.baseline, place);
  return fetchPool(place, loaded, flags, shell, async ({ latest: now, ...subject }, session) => {
    const known = { readiness: null, earlierReadiness: earlier };
    const explanation = withReadiness(explained(loaded, subject, now), known);
    if (!settings.blame) return { explanation, subject, now };
    return { explanation: await withLiveCause(explanation, session, settings.limits), subject, now };
  });
}

async function savedPool(
  pool: string,
  loaded: RunInputs,
  flags: ShowFlags & { readonly from: string },
  shell: Shell,
): Promise<Shown> {
  const now = new Date();
  await say(shell, usedOffline(loaded.settings, now));
  const { withSavedCause } = await import('./one-pool/shown-cause.ts');
  const { subject, record } = await findSavedPool(flags.from, pool, flags);
  const explanation = withReadiness(explained(loaded, subject, now), record);
  return { explanation: withSavedCause(explanation, record), subject, now };
}

function explained({ set, settings }: RunInputs, subject: Subject, now: Date): Explanation {
  const { requireCoverage, remediation } = settings;
  return explainPool(set, subject, { requireCoverage, now, managedTags: remediation.managedTags });
}
