/** An organization that moves, and what an audit of it must find: both by arithmetic alone, from the number of the night. */
import {
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Answer } from '../attack/answers.ts';
import { startProxy } from '../attack/proxy.ts';
import { totpOn, turnedOff } from '../end-to-end/changing.ts';
import { plainFleet } from '../end-to-end/plain-fleet.ts';
import { clients, keysOf } from '../sandbox/clients.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';

export const accountCount = 6;
const poolsOfAnAccount = 6;
const region = 'eu-west-1';
/** The caller's is always there. */
export const accountIds = Array.from({ length: accountCount }, (_, at) => `11112222${String(at).padStart(4, '0')}`);

/** Every account but the first is gone for a week, again and again, each in its own week. */
export function isListed(account: number, night: number): boolean {
  return account === 0 || Math.floor(night / 7) % accountCount !== account;
}

/** A pool is there for three weeks of four. */
function isThere(account: number, pool: number, night: number): boolean {
  return (night + 5 * pool + 3 * account) % 28 < 21;
}

/** And it drifts for two nights of nine, until somebody repairs it. */
function isDrifting(account: number, pool: number, night: number): boolean {
  return (night + 2 * pool + account) % 9 < 2;
}

/** Of each pool that an audit of the night reads, by `ACCOUNT/NAME`, whether it drifts. */
export function expectedOn(night: number): ReadonlyMap<string, 'drifted' | 'compliant'> {
  const expected = new Map<string, 'drifted' | 'compliant'>();
  for (const [account, id] of accountIds.entries())
    for (let pool = 0; pool < poolsOfAnAccount; pool += 1)
      if (isListed(account, night) && isThere(account, pool, night))
        expected.set(`${id}/pool-${pool}`, isDrifting(account, pool, night) ? 'drifted' : 'compliant');
  return expected;
}

/**
 * Those of the night that drift and did not the night before, or were not there: what drifted in an account that left was closed
 * with it, and is new where the account is listed again.
 */
export function openedOn(night: number): readonly string[] {
  const drifting = [...expectedOn(night)].flatMap(([pool, status]) => (status === 'drifted' ? [pool] : []));
  const before = night === 0 ? new Map<string, string>() : expectedOn(night - 1);
  return drifting.filter((pool) => before.get(pool) !== 'drifted');
}

export interface Moving {
  /** What programs that speak to it get as their environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Makes the organization what it is on that night. */
  moveTo(night: number): Promise<void>;
  close(): Promise<void>;
}

/** One sandbox for all nights; its pools are made, changed and deleted as anybody does it, and accounts come and go in the listing. */
export async function startMoving(now: () => number): Promise<Moving> {
  const fleet = plainFleet(accountCount, 0);
  const sandbox = await startSandbox({ fleet, now });
  let tonight = 0;
  const proxy = await startProxy(sandbox.url, fleet.caller.accountId, {
    strikes: ({ operation }) => operation === 'ListAccounts',
    change: (answer) => withoutGone(answer, tonight),
    isInstead: false,
  });
  const pools = accountIds.map(() => new Map<number, Left>());
  const owners = accountIds.map((id) => clients(sandbox, keysOf(sandbox, id), region).cognito);
  return {
    environment: { ...sandbox.environment, AWS_ENDPOINT_URL: proxy.url },
    async moveTo(night) {
      tonight = night;
      for (const [account, cognito] of owners.entries())
        for (let pool = 0; pool < poolsOfAnAccount; pool += 1)
          await movePool(cognito, pools[account] ?? new Map(), account, pool, night);
    },
    async close() {
      for (const owner of owners) owner.destroy();
      await proxy.close();
      await sandbox.close();
    },
  };
}

/** A pool as it was left. */
interface Left {
  readonly id: string;
  readonly drifts: boolean;
}

async function movePool(
  cognito: CognitoIdentityProviderClient,
  known: Map<number, Left>,
  account: number,
  pool: number,
  night: number,
): Promise<void> {
  const left = known.get(pool);
  if (!isThere(account, pool, night)) {
    known.delete(pool);
    if (left !== undefined) await cognito.send(new DeleteUserPoolCommand({ UserPoolId: left.id }));
    return;
  }
  const drifts = isDrifting(account, pool, night);
  if (left?.drifts === drifts) return;
  const id =
    left?.id ?? (await cognito.send(new CreateUserPoolCommand({ PoolName: `pool-${pool}` }))).UserPool?.Id ?? '';
  known.set(pool, { id, drifts });
  await cognito.send(drifts ? turnedOff(id) : totpOn(id));
}

function withoutGone(answer: Answer, night: number): Answer {
  const page: { Accounts: { Id: string }[] } = JSON.parse(answer.body.toString());
  const Accounts = page.Accounts.filter(({ Id }) => isListed(accountIds.indexOf(Id), night));
  return { ...answer, body: Buffer.from(JSON.stringify({ ...page, Accounts })) };
}
