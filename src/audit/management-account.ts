import type { OpenGap } from './assemble.ts';

/** CloudFormation user guide, "Create StackSets with service-managed permissions". */
const advice =
  'A service-managed StackSet never reaches the management account: deploy the role there as a stack of its own.';

/** The gaps, with why the role is missing in the management account where nothing else can have brought it there. */
export function withManagementAdvice(gaps: readonly OpenGap[], managementAccountId: string | null): readonly OpenGap[] {
  return gaps.map((gap) =>
    gap.scope === 'account' &&
    gap.accountId === managementAccountId &&
    gap.message.startsWith('sts:AssumeRole: AccessDenied')
      ? { ...gap, remedy: `${gap.remedy} ${advice}` }
      : gap,
  );
}
