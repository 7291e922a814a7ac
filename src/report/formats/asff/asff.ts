import { accountIdPattern } from '../../../domain/model/ids.ts';
import { clockWarningsIn } from '../../../domain/result/clock-warnings.ts';
import { firstRegions, type Partition } from '../../../domain/model/regions.ts';
import type { Result } from '../../../domain/result/result.ts';
import { UserError } from '../../../errors.ts';
import { inChunks } from '../../text/chunks.ts';
import { jsonArray, jsonLine } from '../../../escape/json.ts';
import type { FormatOptions } from '../../format.ts';
import { policiesOf } from '../../views/policies.ts';
import { clockFinding } from './clock-finding.ts';
import type { Importer } from './finding.ts';
import { gapFinding } from './gap-finding.ts';
import { poolFinding } from './pool-finding.ts';
import { resolvedFinding } from './resolved-finding.ts';

/** BatchImportFindings takes 100 findings a call and 6 MB (Security Hub partner guide). */
export const findingsPerBatch = 100;

/**
 * AWS Security Finding Format: one JSON array of all findings, one a line. The service takes only findings of the account
 * that imports them, so that account is theirs; the pool's own account and region stand in the resource and the product
 * fields.
 *
 * @throws UserError where nobody says whose they are.
 */
export function asff(result: Result, options: FormatOptions): AsyncIterable<string> {
  return inChunks(jsonArray(asffFindings(result, options)));
}

/** The same in arrays that BatchImportFindings takes as they are; none where there is no finding. */
export async function* asffBatches(result: Result, options: FormatOptions): AsyncGenerator<string> {
  let batch: object[] = [];
  for await (const finding of asffFindings(result, options)) {
    batch.push(finding);
    if (batch.length < findingsPerBatch) continue;
    yield `[\n${batch.map(jsonLine).join(',\n')}\n]\n`;
    batch = [];
  }
  if (batch.length > 0) yield `[\n${batch.map(jsonLine).join(',\n')}\n]\n`;
}

/** One by one, in the order of the result. */
export async function* asffFindings(
  result: Result,
  options: Pick<FormatOptions, 'securityHub'>,
): AsyncGenerator<object, void, void> {
  const importer = importerOf(result, options);
  const policies = policiesOf(result.head);
  for (const clock of clockWarningsIn(result.head.warnings)) yield clockFinding(clock, importer);
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

/** Who is told to import, else the caller of the run. */
function importerOf({ head }: Result, { securityHub }: Pick<FormatOptions, 'securityHub'>): Importer {
  const { partition, accountId } = callerIn(head.run.callerArn);
  const importing = securityHub?.accountId ?? accountId;
  if (importing === undefined) {
    throw new UserError(
      'asff: the result does not say whose it is, as one of shards that several callers read. Name the account that imports the findings: --asff-account ID.',
    );
  }
  return { accountId: importing, region: securityHub?.region ?? firstRegions[partition], head };
}

const callerArn = new RegExp(`^arn:([^:]*):[^:]*:[^:]*:(${accountIdPattern}):`);

function callerIn(arn: string | null): { readonly partition: Partition; readonly accountId: string | undefined } {
  const [, partition = '', accountId] = callerArn.exec(arn ?? '') ?? [];
  return { partition: isPartition(partition) ? partition : 'aws', accountId };
}

function isPartition(name: string): name is Partition {
  return Object.hasOwn(firstRegions, name);
}
