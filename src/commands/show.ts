import type { PoolRecord } from '../domain/result/result.ts';
import { explainPool, type Explanation } from '../domain/verdict/explanation.ts';
import type { Subject } from '../domain/model/subject.ts';
import { jsonPage } from '../escape/json.ts';
import { showDocument, type ShowView } from '../report/documents/show-document.ts';
import type { DocumentFormat } from '../report/format-names.ts';
import { maskedExplanation } from '../report/show/masked-explanation.ts';
import { showText } from '../report/show/show-text.ts';
import type { ConnectionFlags, DocumentFlags, LogFlags, OutputFlags, PolicyFlags } from './line/flags.ts';
import { loadInputs } from './run/inputs.ts';
import { parsePoolReference, type PlaceFlags } from './line/pool-reference.ts';
import { documentOutputs, writeFormatOutputs, type Draw } from './output/format-outputs.ts';
import { findSavedPool } from './one-pool/find-saved-pool.ts';
import { say, type Shell } from './output/shell.ts';
import { usedOffline } from './output/used-files.ts';
import type { RunInputs } from '../domain/policy/run-inputs.ts';

export interface ShowFlags
  extends ConnectionFlags, PolicyFlags, PlaceFlags, LogFlags, DocumentFlags, Pick<OutputFlags, 'color'> {
  /** A saved result to look in, instead of AWS. */
  readonly from?: string;
  readonly redact: boolean;
}

const formats = {
  table: ({ explanation, subject }, options) => [showText(explanation, subject, options)],
  json: ({ explanation, ...view }, { masking }) => [
    `${jsonPage(showDocument({ ...view, explanation: maskedExplanation(explanation, masking) }))}\n`,
  ],
} satisfies Record<DocumentFormat, Draw<ShowView>>;

/** Shows one pool and what every policy says of it; exit 0 when it could be shown, whatever the verdict. */
export async function show(pool: string, flags: ShowFlags, shell: Shell): Promise<0> {
  const outputs = await documentOutputs(flags);
  const loaded = await loadInputs(flags, shell, new Date());
  const { explanation, subject, now } = await shownPool(pool, loaded, flags, shell);
  const view = { explanation, subject, policySetSha256: loaded.set.sha256, now };
  await writeFormatOutputs(view, formats, outputs, flags, shell);
  return 0;
}

/** What its users could do is not asked again: a saved result has it. */
function withReadiness(explanation: Explanation, saved: PoolRecord): Explanation {
  const { readiness, earlierReadiness } = saved;
  const { verdict } = explanation;
  return { ...explanation, verdict: { ...verdict, record: { ...verdict.record, readiness, earlierReadiness } } };
}

/** `now`: the day by which exceptions are judged. */
type Shown = Pick<ShowView, 'explanation' | 'subject' | 'now'>;

async function shownPool(pool: string, loaded: RunInputs, flags: ShowFlags, shell: Shell): Promise<Shown> {
  const { settings } = loaded;
  if (flags.from === undefined) {
    const { fetchPool } = await import('./one-pool/one-pool.ts');
    const { withLiveCause } = await import('./one-pool/shown-cause.ts');
    const place = parsePoolReference(pool, flags);
    return fetchPool(place, loaded, flags, shell, async ({ latest: now, ...subject }, session) => {
      const explanation = explained(loaded, subject, now);
      if (!settings.blame) return { explanation, subject, now };
      return { explanation: await withLiveCause(explanation, session, settings.limits), subject, now };
    });
  }
  const now = new Date();
  await say(shell, usedOffline(settings, now));
  const { withSavedCause } = await import('./one-pool/shown-cause.ts');
  const { subject, record } = await findSavedPool(flags.from, pool, flags);
  const explanation = withReadiness(explained(loaded, subject, now), record);
  return { explanation: withSavedCause(explanation, record), subject, now };
}

function explained({ set, settings }: RunInputs, subject: Subject, now: Date): Explanation {
  const { requireCoverage, remediation } = settings;
  return explainPool(set, subject, { requireCoverage, now, managedTags: remediation.managedTags });
}
