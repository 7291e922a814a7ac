/** The calls that an audit makes, and nothing else: what both floors do, each with its own client. */
import { forEachOf } from '../src/pacing/work/for-each-of.ts';

/** Answers as their JSON; STS's as its session. */
export interface Api<Session> {
  callerIdentity(): Promise<unknown>;
  organizations(operation: string, input: object): Promise<Record<string, unknown>>;
  assume(accountId: string): Promise<Session>;
  caller: Session;
  callerAccountId: string;
  regions(session: Session): Promise<readonly string[]>;
  /** The client of one unit. */
  unit(session: Session, region: string): UnitApi;
}

export interface UnitApi {
  list(token: string | undefined): Promise<{ readonly ids: readonly string[]; readonly next: string | undefined }>;
  read(poolId: string): Promise<unknown>;
}

interface Listed {
  readonly Accounts: readonly { readonly Id: string }[];
  readonly NextToken?: string;
}

const concurrency = 64;

/** Resolves with how many pools were read. */
export async function walk<Session>(api: Api<Session>): Promise<number> {
  await api.callerIdentity();
  await api.organizations('DescribeOrganization', {});
  const accounts = await accountIds(api);
  const { Roots: roots } = (await api.organizations('ListRoots', { MaxResults: 20 })) as { Roots: { Id: string }[] };
  for (const { Id: ParentId } of roots)
    await api.organizations('ListOrganizationalUnitsForParent', { MaxResults: 20, ParentId });
  const units: { readonly session: Session; readonly region: string }[] = [];
  await forEachOf(streamOf(accounts), concurrency, async (id) => {
    const session = id === api.callerAccountId ? api.caller : await api.assume(id);
    for (const region of await api.regions(session)) units.push({ session, region });
  });
  let pools = 0;
  await forEachOf(streamOf(units), concurrency, async ({ session, region }) => {
    const unit = api.unit(session, region);
    for (let token: string | undefined, isFirst = true; isFirst || token !== undefined; isFirst = false) {
      const page = await unit.list(token);
      for (const id of page.ids) {
        await unit.read(id);
        pools += 1;
      }
      token = page.next;
    }
  });
  return pools;
}

async function accountIds<Session>(api: Api<Session>): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let token: string | undefined, isFirst = true; isFirst || token !== undefined; isFirst = false) {
    const input = { MaxResults: 20, ...(token === undefined ? {} : { NextToken: token }) };
    const page = (await api.organizations('ListAccounts', input)) as unknown as Listed;
    ids.push(...page.Accounts.map(({ Id }) => Id));
    token = page.NextToken;
  }
  return ids;
}

async function* streamOf<T>(values: readonly T[]): AsyncGenerator<T, void, void> {
  yield* values;
}
