import type { Result } from '../../domain/result.ts';
import { inChunks } from '../chunks.ts';
import { jsonLine } from '../escape/json.ts';
import type { FormatOptions } from '../format.ts';
import { policyFactsOf } from '../policy-facts.ts';
import type { Importer } from './finding.ts';
import { gapFinding } from './gap-finding.ts';
import { poolFinding } from './pool-finding.ts';
import { resolvedFinding } from './resolved-finding.ts';

/** BatchImportFindings takes 100 findings a call and 6 MB (Security Hub partner guide). */
const findingsPerBatch = 100;

/**
 * AWS Security Finding Format, one batch a line, each a JSON array that BatchImportFindings takes as it is:
 * `while IFS= read -r batch; do printf %s "$batch" | aws securityhub batch-import-findings --findings file:///dev/stdin; done`.
 * The service takes only findings of the account that imports them, so that account is theirs; the pool's own account
 * and region stand in the resource and the product fields.
 */
export function asff(result: Result, options: FormatOptions): AsyncIterable<string> {
  return inChunks(batches(result, options));
}

async function* batches(result: Result, options: FormatOptions): AsyncGenerator<string> {
  let batch: string[] = [];
  let written = 0;
  for await (const finding of findings(result, options)) {
    batch.push(jsonLine(finding));
    if (batch.length < findingsPerBatch) continue;
    yield `[${batch.join(',')}]\n`;
    written += 1;
    batch = [];
  }
  if (batch.length > 0 || written === 0) yield `[${batch.join(',')}]\n`;
}

async function* findings(result: Result, { securityHub }: FormatOptions): AsyncGenerator<object> {
  const { head } = result;
  const importer: Importer = {
    accountId: securityHub?.accountId ?? accountOf(head.run.callerArn),
    region: securityHub?.region ?? 'us-east-1',
    head,
  };
  const policies = policyFactsOf(head);
  for await (const gap of result.gaps()) yield gapFinding(gap, importer);
  for await (const pool of result.pools()) {
    for (const finding of pool.findings) {
      yield poolFinding(pool, finding, policies.get(finding.policy ?? ''), importer);
    }
  }
  for await (const finding of result.resolved()) {
    // What an exception excuses stands among its pool's findings, archived.
    if (finding.reason !== 'excepted') yield resolvedFinding(finding, policies.get(finding.policy ?? ''), importer);
  }
}

/** The fifth part of an ARN; zeros where the caller is not known, which Security Hub refuses with a clear word. */
function accountOf(callerArn: string | null): string {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(callerArn ?? '')?.[1] ?? '000000000000';
}
