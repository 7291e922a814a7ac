import { partitionOf } from '../../../domain/model/regions.ts';
import type { ResultHead } from '../../../domain/result/result.ts';
import { clipped } from '../../text/clip.ts';
import { visible } from '../../../escape/visible.ts';

/** Who imports, and from which result. */
export interface Importer {
  readonly accountId: string;
  readonly region: string;
  readonly head: ResultHead;
}

export type Label = 'INFORMATIONAL' | 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';

const types = ['Software and Configuration Checks/AWS Security Best Practices'];

export interface Common {
  readonly id: string;
  readonly generator: string;
  readonly label: Label;
  readonly title: string;
  readonly description: string;
  readonly remedy: string;
  readonly createdAt: string;
  readonly isArchived: boolean;
  /** Values beyond 2,048 characters are cut; the empty ones are left out, since the service refuses them. */
  readonly fields: Readonly<Record<string, string | null>>;
}

/** Limits of lengths: AWS Security Hub user guide, "AWS Security Finding Format". */
export function findingOf(common: Common, { accountId, region, head }: Importer): object {
  const arn = `arn:${partitionOf(region)}:securityhub:${region}:${accountId}:product/${accountId}/default`;
  return {
    SchemaVersion: '2018-10-08',
    Id: text(`mfa-drift/${common.id}`, 512),
    ProductArn: arn,
    ProductName: 'mfa-drift',
    CompanyName: 'mfa-drift',
    GeneratorId: text(`mfa-drift/${common.generator}`, 512),
    AwsAccountId: accountId,
    Region: region,
    Types: types,
    FindingProviderFields: { Severity: { Label: common.label, Original: common.label }, Types: types },
    Severity: { Label: common.label, Original: common.label },
    Title: text(common.title, 256),
    Description: text(common.description, 1024),
    Remediation: { Recommendation: { Text: text(common.remedy, 512) } },
    CreatedAt: common.createdAt,
    UpdatedAt: head.run.finishedAt,
    RecordState: common.isArchived ? 'ARCHIVED' : 'ACTIVE',
    ProductFields: fieldsOf({ ...common.fields, RunId: head.run.id, OrganizationId: head.run.organizationId }),
  };
}

function fieldsOf(fields: Readonly<Record<string, string | null>>): Record<string, string> {
  const filled = Object.entries(fields).flatMap(([name, value]): [string, string][] =>
    value === null || value === '' ? [] : [[`mfa-drift/${name}`, text(value, 2048)]],
  );
  return Object.fromEntries(filled);
}

/** Visible text of at most so many characters. */
export function text(value: string, characters: number): string {
  return clipped(visible(value), characters);
}
