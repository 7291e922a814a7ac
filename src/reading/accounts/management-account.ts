import type { OpenGap } from '../sink.ts';

/** CloudFormation user guide, "Create StackSets with service-managed permissions". */
const advice =
  'A service-managed StackSet never reaches the management account: deploy the role there as a stack of its own.';

/** The gap, with why a role is missing in the management account, where nothing else will have brought it. */
export function withManagementAdvice(gap: OpenGap, managementAccountId: string | null): OpenGap {
  const isThere = gap.scope === 'account' && gap.accountId === managementAccountId;
  if (!isThere || !gap.message.startsWith('sts:AssumeRole: AccessDenied:')) return gap;
  return { ...gap, remedy: `${gap.remedy} ${advice}` };
}
