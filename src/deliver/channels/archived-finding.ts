/** A finding as Security Hub has it, and how it is archived. */
import type { Coverage } from '../../domain/baseline/coverage.ts';
import { isJsonObject, type JsonObject } from '../../domain/model/json.ts';
import type { ResultHead } from '../../domain/result/result.ts';

export type ActiveFinding = JsonObject & { readonly Id: string };

export interface Looked {
  readonly coverage: Pick<Coverage, 'isListed' | 'isDeleted' | 'hasLeft'>;
  /** Accounts of which any region was read. */
  readonly accounts: ReadonlySet<string>;
  /** By `placeKey`. */
  readonly unreadable: ReadonlySet<string>;
  /** Nothing narrowed the run. */
  readonly isWhole: boolean;
}

/** Whether it may be there still: this night did not look there, or could not read. */
export function standsIn(finding: ActiveFinding, { coverage, accounts, unreadable, isWhole }: Looked): boolean {
  const accountId = field(finding, 'AccountId');
  const region = field(finding, 'Region');
  const poolId = field(finding, 'PoolId') ?? poolIn(finding);
  // Of the organization, or of the clock.
  if (accountId === null) return !isWhole;
  if (coverage.hasLeft(accountId)) return false;
  if (region === null) return !accounts.has(accountId);
  if (poolId !== null && coverage.isDeleted({ accountId, region, poolId })) return false;
  if (!coverage.isListed(accountId, region)) return true;
  const isGap = finding['GeneratorId'] === 'mfa-drift/not-read';
  return !isGap && poolId !== null && unreadable.has(`${accountId}/${region}/${poolId}`);
}

function field({ ProductFields: fields }: ActiveFinding, name: string): string | null {
  const value = isJsonObject(fields) ? fields[`mfa-drift/${name}`] : undefined;
  return typeof value === 'string' ? value : null;
}

function poolIn({ Resources: resources }: ActiveFinding): string | null {
  const [resource] = Array.isArray(resources) ? resources : [];
  const details = isJsonObject(resource) ? resource['Details'] : undefined;
  const other = isJsonObject(details) ? details['Other'] : undefined;
  const poolId = isJsonObject(other) ? other['PoolId'] : undefined;
  return typeof poolId === 'string' ? poolId : null;
}

/** What a provider may send of it (API reference, BatchImportFindings). */
const kept = [
  'SchemaVersion',
  'Id',
  'ProductArn',
  'GeneratorId',
  'AwsAccountId',
  'CreatedAt',
  'Title',
  'Description',
  'Remediation',
  'Resources',
  'ProductFields',
  'FindingProviderFields',
] as const;

/** Archived under its id. Of its pool nothing is claimed: why it is not there any more is not known here. */
export function archivedFinding(finding: ActiveFinding, { run }: ResultHead): ActiveFinding {
  const members = kept.flatMap((name) => (Object.hasOwn(finding, name) ? [[name, finding[name]]] : []));
  return {
    ...(Object.fromEntries(members) as JsonObject),
    Id: finding.Id,
    UpdatedAt: run.finishedAt,
    RecordState: 'ARCHIVED',
    Compliance: { Status: 'NOT_AVAILABLE' },
  };
}
