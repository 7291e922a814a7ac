import type { ClockWarning } from '../../../domain/result/clock-warnings.ts';
import { partitionOf } from '../../../domain/model/regions.ts';
import { findingOf, type Common, type Importer } from './finding.ts';

/** By which time exceptions were judged, which is of no pool. */
export function clockFinding({ code, message }: ClockWarning, importer: Importer): object {
  const { accountId, region, head } = importer;
  const common: Common = {
    id: code,
    generator: 'clock',
    label: 'INFORMATIONAL',
    title: "The clock of the machine that audits and AWS's",
    description: message,
    remedy: 'Set the clock of the machine, and ask STS over TLS.',
    createdAt: head.run.finishedAt,
    isArchived: false,
    fields: { Code: code },
  };
  const Id = `AWS::::Account:${accountId}`;
  return {
    ...findingOf(common, importer),
    Compliance: { Status: 'NOT_AVAILABLE' },
    Resources: [{ Type: 'AwsAccount', Id, Partition: partitionOf(region), Region: region }],
  };
}
