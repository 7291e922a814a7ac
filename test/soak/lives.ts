/** Pools that anything may happen to at any time, and all that each of them was meanwhile. */
import {
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { totpOn, turnedOff } from '../end-to-end/changing.ts';
import { clients, keysOf } from '../sandbox/clients.ts';

export type State = 'drifted' | 'compliant' | 'gone';

export interface Life {
  readonly accountId: string;
  /** From the first request of the run to the last. */
  readonly states: Set<State>;
  now: State;
}

/** A whole number from 0 to `count - 1`, decided by what is asked. */
export type Decide = (what: string, count: number) => number;

interface Owner {
  readonly id: string;
  readonly cognito: CognitoIdentityProviderClient;
}

export class Lives {
  readonly pools = new Map<string, Life>();
  /** Accounts that let nobody in any more. */
  readonly closed = new Set<string>();
  moves = 0;
  private readonly owners: readonly Owner[];

  constructor(sandbox: Sandbox, accountIds: readonly string[]) {
    this.owners = accountIds.map((id) => ({ id, cognito: clients(sandbox, keysOf(sandbox, id)).cognito }));
  }

  /** Each account gets so many pools, every second one as it should be. */
  async begin(poolsOfAnAccount: number): Promise<void> {
    for (const owner of this.owners) {
      for (let at = 0; at < poolsOfAnAccount; at += 1) {
        const id = await this.create(owner);
        if (at % 2 === 0) await owner.cognito.send(totpOn(id));
        const now = at % 2 === 0 ? 'compliant' : 'drifted';
        this.pools.set(id, { accountId: owner.id, states: new Set([now]), now });
      }
    }
  }

  /** One thing happens to one account or one of its pools. The first account, the caller's, is never closed. */
  async move(decide: Decide): Promise<void> {
    this.moves += 1;
    const owner = this.owners[decide(`${this.moves}/owner`, this.owners.length)];
    if (owner === undefined) return;
    const there = [...this.pools].filter(([, { accountId, now }]) => accountId === owner.id && now !== 'gone');
    const chosen = there[decide(`${this.moves}/pool`, there.length)];
    const how = decide(`${this.moves}/how`, 9);
    if (how === 0 && owner !== this.owners[0]) this.closed.add(owner.id);
    else if (how < 3 || chosen === undefined) this.become(await this.create(owner), owner.id, 'drifted');
    else await this.change(owner, chosen[0], how < 5 ? 'gone' : chosen[1].now === 'drifted' ? 'compliant' : 'drifted');
  }

  close(): void {
    for (const { cognito } of this.owners) cognito.destroy();
  }

  /** Noted first: what is read while it happens may be either. */
  private async change({ id: accountId, cognito }: Owner, poolId: string, state: State): Promise<void> {
    this.become(poolId, accountId, state);
    if (state === 'gone') await cognito.send(new DeleteUserPoolCommand({ UserPoolId: poolId }));
    else await cognito.send(state === 'drifted' ? turnedOff(poolId) : totpOn(poolId));
  }

  private async create({ cognito }: Owner): Promise<string> {
    return (await cognito.send(new CreateUserPoolCommand({ PoolName: 'shop' }))).UserPool?.Id ?? '';
  }

  private become(poolId: string, accountId: string, state: State): void {
    const life = this.pools.get(poolId) ?? { accountId, states: new Set(), now: state };
    life.now = state;
    life.states.add(state);
    this.pools.set(poolId, life);
  }
}
