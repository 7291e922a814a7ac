/**
 * ARNs of accounts: text that no program takes for a number. An account id of nothing but digits loses its leading zeros in
 * spreadsheets, and in databases that guess types.
 */
import { accountIdPattern } from '../../domain/model/ids.ts';
import { partitionOf } from '../../domain/model/regions.ts';
import type { Result } from '../../domain/result/result.ts';

export interface AccountFacts {
  readonly name: string | null;
  readonly arn: string;
}

export interface AccountArns {
  /** @param region of the row, which tells the partition where nothing else does */
  account(id: string, region: string | null): AccountFacts;
  /** Its own ARN where its accounts were listed, else the caller's. */
  readonly organization: string | null;
}

/** Accounts that Organizations did not list have the ARN of their root user. */
export async function accountArns(result: Result): Promise<AccountArns> {
  const { callerArn } = result.head.run;
  const known = new Map<string, { readonly name: string | null; readonly arn: string | null }>();
  let organization: string | null = null;
  for await (const { id, name, arn } of result.accounts()) {
    known.set(id, { name, arn });
    organization ??= organizationArn(arn);
  }
  const partition = (organization ?? callerArn ?? '').split(':')[1];
  return {
    account(id, region) {
      const { name, arn } = known.get(id) ?? { name: null, arn: null };
      return { name, arn: arn ?? `arn:${partition ?? partitionOf(region ?? '')}:iam::${id}:root` };
    },
    organization: organization ?? callerArn,
  };
}

const memberArn = new RegExp(`^(arn:[^:]+:organizations::${accountIdPattern}:)account/(o-[a-z0-9]+)/`);

/** `arn:aws:organizations::111122223333:account/o-a1b2c3d4e5/444455556666` names the organization too. */
function organizationArn(accountArn: string | null): string | null {
  const [, start, id] = memberArn.exec(accountArn ?? '') ?? [];
  return start === undefined || id === undefined ? null : `${start}organization/${id}`;
}
