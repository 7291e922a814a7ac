import { isJsonObject } from '../../src/domain/model/json.ts';
import type { Answer, StagedPool, Variables } from './endpoint.ts';
import type { RawClient } from './raw-client.ts';

interface Staged {
  readonly client: RawClient;
  readonly id: string;
  readonly name: string;
  readonly variables?: Variables;
  /** Takes these pools away. */
  readonly remove: (ids: readonly string[]) => Promise<void>;
}

/** A pool behind a client: the one that was staged, and after a CreateUserPool the one that this made. */
export function stagedPool({ client, id: first, name, variables = {}, remove }: Staged): StagedPool {
  const ids = [first];
  const current = (): string => ids.at(-1) ?? first;
  return {
    get id() {
      return current();
    },
    name,
    variables,
    set: (input) => client.set(input),
    get: () => client.get(current()),
    describe: () => client.describe(current()),
    call: async (operation, input) => {
      const answer = await client.call(operation, input);
      if (operation === 'CreateUserPool') ids.push(...madeBy(answer));
      return answer;
    },
    remove: () => remove(ids),
  };
}

function madeBy(answer: Answer): readonly string[] {
  const pool = answer.ok ? answer.body['UserPool'] : undefined;
  const id = isJsonObject(pool) ? pool['Id'] : undefined;
  return typeof id === 'string' ? [id] : [];
}
