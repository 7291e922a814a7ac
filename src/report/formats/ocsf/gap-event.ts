import { isOpen, type Gap } from '../../../domain/result/result.ts';
import { gapId } from '../../views/gap-id.ts';
import { placeInWords } from '../../views/gap-places.ts';
import { cloudOf, complianceStatus, eventOf, exceptionInWords, type Origin, type State } from './event.ts';

/** "The compliance check did not yield a result due to missing information" is what OCSF calls a warning. */
export function gapEvent(gap: Gap, origin: Origin): object {
  const { code, message, remedy, accepted, scope, accountId, region, poolId } = gap;
  const seen = Date.parse(origin.head.run.finishedAt);
  const state: State = isOpen(gap) ? { activity: 1, status: 1 } : { activity: 2, status: 3 };
  return {
    ...eventOf(state, [0, 'Unknown'], origin),
    time: seen,
    message: `${placeInWords(gap)} was not read: ${message}`,
    finding_info: {
      uid: gapId(gap),
      title: `MFA configuration not read: ${code}`,
      types: ['Not read'],
      last_seen_time: seen,
    },
    compliance: {
      control: 'every user pool is read',
      ...complianceStatus(2),
      status_code: code,
      status_details: [message, ...(accepted === null ? [] : [exceptionInWords(accepted)])],
    },
    remediation: { desc: remedy },
    resources: [{ uid: [scope, accountId, region, poolId].filter((part) => part !== null).join('/'), type: scope }],
    cloud: cloudOf(accountId, null, region, origin.head),
  };
}
