import { partitionOf } from '../../../domain/model/regions.ts';
import { isOpen, type Gap } from '../../../domain/result/result.ts';
import { gapId } from '../../views/gap-id.ts';
import { placeInWords } from '../../views/gap-places.ts';
import { findingOf, type Common, type Importer } from './finding.ts';

export function gapFinding(gap: Gap, importer: Importer): object {
  const { code, message, remedy, accepted, accountId, region, poolId } = gap;
  const common: Common = {
    id: gapId(gap),
    generator: 'not-read',
    label: 'MEDIUM',
    title: `MFA configuration of user pools not read: ${code}`,
    description: `${placeInWords(gap)} was not read: ${message}`,
    remedy,
    createdAt: importer.head.run.finishedAt,
    isArchived: !isOpen(gap),
    fields: {
      AccountId: accountId,
      Region: region,
      PoolId: poolId,
      Code: code,
      ExceptionReason: accepted?.reason ?? null,
    },
  };
  const account = accountId ?? importer.accountId;
  return {
    ...findingOf(common, importer),
    Compliance: { Status: 'NOT_AVAILABLE' },
    Resources: [
      {
        Type: 'AwsAccount',
        Id: `AWS::::Account:${account}`,
        Partition: partitionOf(region ?? importer.region),
        Region: region ?? importer.region,
      },
    ],
  };
}
