/** One kind of changed answer in the place of one of `apply`'s, at one moment. */
import type { Call, Operation } from '../attack/answers.ts';
import { meaningOf, type Kind, type Target } from '../attack/kinds/kind.ts';
import { startProxy } from '../attack/proxy.ts';
import { managementId, poolId } from '../remediate/organization.ts';
import { endOf } from './attacked-audit.ts';
import { changesIn, journalText, pools, struckPool, workplace } from './organization.ts';
import type { Expected, Played } from './row.ts';

/** When in a run the operation is struck. */
export const moments = {
  'GetCallerIdentity, for the caller': 'GetCallerIdentity',
  'GetCallerIdentity, for whoever writes': 'GetCallerIdentity',
  AssumeRole: 'AssumeRole',
  DescribeOrganization: 'DescribeOrganization',
  ListAccounts: 'ListAccounts',
  'GetUserPoolMfaConfig, before the write': 'GetUserPoolMfaConfig',
  'GetUserPoolMfaConfig, after the write': 'GetUserPoolMfaConfig',
  DescribeUserPool: 'DescribeUserPool',
  SetUserPoolMfaConfig: 'SetUserPoolMfaConfig',
} as const satisfies Readonly<Record<string, Operation>>;
export type Moment = keyof typeof moments;
export const momentNames = Object.keys(moments) as readonly Moment[];

const mostRequests = 1000;

export function expectedOfApply(kind: Kind, moment: Moment, seed: number): Expected {
  const meaning = meaningOf(kind, moments[moment]);
  const struck = struckPool(seed);
  const all = changedWhere(() => true);
  // Where the answer may be true it is judged as it stands: what follows only has to fit together.
  if (meaning !== 'same' && 'world' in meaning) return { exitCodes: [0, 4] };
  if (meaning === 'same') return { exitCodes: [0], changed: all };
  const allButTheAccount = { exitCodes: [4], changed: changedWhere(({ accountId }) => accountId !== struck.accountId) };
  const allButThePool = { exitCodes: [4], changed: changedWhere(({ id }) => poolId(id) !== struck.poolId) };
  if (meaning.what === 'State') return allButTheAccount;
  switch (moment) {
    case 'GetCallerIdentity, for the caller':
    case 'DescribeOrganization':
    case 'ListAccounts':
      return { exitCodes: [1], changed: [] };
    case 'GetCallerIdentity, for whoever writes':
    case 'AssumeRole':
      return allButTheAccount;
    case 'GetUserPoolMfaConfig, before the write':
    case 'DescribeUserPool':
      return allButThePool;
    case 'GetUserPoolMfaConfig, after the write':
      return { exitCodes: [4], changed: all };
    case 'SetUserPoolMfaConfig':
      // Where the service has seen the call, the pool says that it was carried out.
      return kind.isInstead === true ? allButThePool : { exitCodes: [0], changed: all };
  }
}

function changedWhere(holds: (pool: (typeof pools)[number]) => boolean): readonly string[] {
  return pools.filter(holds).map(({ id }) => poolId(id));
}

export async function attackApply(kind: Kind, moment: Moment, seed: number, signal: AbortSignal): Promise<Played> {
  const place = await workplace(signal);
  const { sandbox } = place;
  const target = struckPool(seed);
  const isStruck = atMoment(moment, target);
  const proxy = await startProxy(sandbox.url, managementId, {
    strikes: (call) => isStruck(call) && call.struck < (kind.times ?? Infinity),
    change: (answer, call) => kind.change(answer, call, target),
    isInstead: kind.isInstead ?? false,
  });
  try {
    const timeout = ['--cli-read-timeout', kind.hangs === true ? '0.2' : '10'];
    const environment = { ...sandbox.environment, AWS_ENDPOINT_URL: proxy.url };
    const ended = await place.run([...place.apply, ...timeout], environment);
    const odd = [
      ...(proxy.struck() === 0 ? ['the operation was never met'] : []),
      ...(proxy.seen() > mostRequests ? [`${proxy.seen()} requests`] : []),
    ];
    return { ...endOf(ended), changes: changesIn(place, ended.stdout, [await journalText(place.journal)]), odd };
  } finally {
    await proxy.close();
    await sandbox.close();
  }
}

/** Tells, of each call as it comes, whether it is the one. */
export function atMoment(moment: Moment, target: Target): (call: Call) => boolean {
  let writesSeen = 0;
  return (call) => {
    if (call.operation === 'SetUserPoolMfaConfig' && isOfPool(call, target)) writesSeen += 1;
    return isTarget(call, moment, target, writesSeen);
  };
}

function isOfPool(call: Call, target: Target): boolean {
  return call.accountId === target.accountId && call.poolId === target.poolId;
}

function isTarget(call: Call, moment: Moment, target: Target, writesSeen: number): boolean {
  if (call.operation !== moments[moment]) return false;
  switch (moment) {
    case 'GetCallerIdentity, for the caller':
      return call.accountId === managementId;
    case 'GetCallerIdentity, for whoever writes':
    case 'AssumeRole':
      return call.accountId === target.accountId;
    case 'GetUserPoolMfaConfig, before the write':
      return isOfPool(call, target) && writesSeen === 0;
    case 'GetUserPoolMfaConfig, after the write':
      return isOfPool(call, target) && writesSeen > 0;
    case 'DescribeUserPool':
    case 'SetUserPoolMfaConfig':
      return isOfPool(call, target);
    case 'DescribeOrganization':
    case 'ListAccounts':
      return true;
  }
}
