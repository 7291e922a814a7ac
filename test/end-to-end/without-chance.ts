import type { SavedResult } from '../oracle/result-verdicts.ts';

/** A saved result's text without what may differ between two runs: times, request ids, call counts, the run's id and the sandbox's port. */
export function withoutChance(text: string, { run }: SavedResult): string {
  return text
    .replaceAll(run.id, 'RUN')
    .replaceAll(/\b127\.0\.0\.1:\d+/g, 'SANDBOX')
    .replaceAll(/"(startedAt|finishedAt|observedAt|readAt)":\s*"[^"]*"/g, '"$1": "TIME"')
    .replaceAll(/"requestId":\s*"[^"]*"/g, '"requestId": "REQUEST"')
    .replaceAll(/"(calls|throttled|retried)":\s*\d+/g, '"$1": "COUNT"');
}
