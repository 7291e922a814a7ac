/** Any endpoint that has CreateUserPool: moto, another emulator, or AWS itself. Makes one throwaway pool at a time. */
import {
  AdminCreateUserCommand,
  CreateUserPoolCommand,
  paginateListUserPools,
  type CreateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../src/domain/model/json.ts';
import { UserError } from '../../src/errors.ts';
import type { UserGroup } from '../../src/sandbox/fleet/directory.ts';
import type { Case } from './case.ts';
import { CannotStage, type Endpoint, type StagedPool, type Variables } from './endpoint.ts';
import { RawClient, type ClientConfig } from './raw-client.ts';
import { withoutNulls } from './rules-endpoint.ts';
import { stagedPool } from './staged-pool.ts';

export interface SdkEndpointOptions {
  readonly name: string;
  readonly client: ClientConfig;
  readonly variables: Variables;
  /** Begins the name of every pool that is made. */
  readonly poolPrefix: string;
}

/** What CreateUserPool says of settings that this endpoint does not take; anything else (no permission, say) ends the run. */
const startRefusals = [
  'InvalidParameterException',
  'FeatureUnavailableInTierException',
  'TierChangeNotAllowedException',
  'InvalidSmsRoleAccessPolicyException',
  'InvalidSmsRoleTrustRelationshipException',
  'InvalidEmailRoleAccessPolicyException',
];

/** A pool that was made and could not be deleted: it is the user's to delete now. */
class LeftBehind extends UserError {}

export function sdkEndpoint({ name, client: config, variables, poolPrefix }: SdkEndpointOptions): Endpoint {
  const client = new RawClient(config);
  return {
    name,
    variables,
    hasSwitches: false,
    stage: async (conformanceCase) => {
      refuseOutOfReach(conformanceCase, variables);
      const pool = await create(client, `${poolPrefix}-${conformanceCase.id}`, conformanceCase);
      try {
        await refuseUnwanted(pool, conformanceCase.given?.userPool ?? {});
        await bringTo(pool, conformanceCase.given?.mfaConfig);
      } catch (error) {
        await pool.remove();
        throw error;
      }
      return pool;
    },
    close: () => sweep(client, poolPrefix),
  };
}

/** Deletes the pools of this run that are still there: CreateUserPool may have made one whose answer was lost. */
async function sweep(client: RawClient, poolPrefix: string): Promise<readonly string[]> {
  try {
    const swept = await poolsOf(client, poolPrefix);
    for (const id of swept) await remove(client, id);
    return swept;
  } finally {
    client.destroy();
  }
}

async function poolsOf(client: RawClient, poolPrefix: string): Promise<readonly string[]> {
  const ids: string[] = [];
  try {
    for await (const page of paginateListUserPools({ client: client.sdk }, { MaxResults: 60 })) {
      const ours = (page.UserPools ?? []).filter(({ Name: name }) => name?.startsWith(`${poolPrefix}-`));
      ids.push(...ours.flatMap(({ Id: id }) => (id === undefined ? [] : [id])));
    }
  } catch (error) {
    throw error instanceof Error ? failed(`Looking for pools named ${poolPrefix}-…`, error) : error;
  }
  return ids;
}

function refuseOutOfReach({ sandboxOnly, given }: Case, variables: Variables): void {
  if (sandboxOnly !== undefined) throw new CannotStage(sandboxOnly);
  if (given?.users !== undefined && variables['users'] === undefined) throw new CannotStage('needs --users');
  if (given?.region !== undefined && given.region !== variables['region']) {
    throw new CannotStage(`needs the region ${given.region}`);
  }
}

async function create(client: RawClient, poolName: string, conformanceCase: Case): Promise<StagedPool> {
  const { userPool = {}, users = [] } = conformanceCase.given ?? {};
  const name = poolName.slice(0, 128);
  const input: CreateUserPoolCommandInput = {
    ...withoutNulls(userPool),
    PoolName: name,
    DeletionProtection: 'INACTIVE',
  };
  const id = await createdId(client, input);
  const removeAll = async (ids: readonly string[]): Promise<void> => {
    for (const each of ids) await remove(client, each);
  };
  try {
    const sub = await firstSub(client, id, users);
    return stagedPool({ client, id, name, variables: sub === null ? {} : { sub }, remove: removeAll });
  } catch (error) {
    await remove(client, id);
    throw error;
  }
}

/** Makes the users that administrators can make: without a factor, and without a message to anybody. The first one's `sub`. */
async function firstSub(client: RawClient, id: string, users: readonly UserGroup[]): Promise<string | null> {
  const subs: string[] = [];
  for (const user of users) {
    const made = await staging('AdminCreateUser', client.sdk.send(new AdminCreateUserCommand(userInput(id, user))));
    const sub = made.User?.Attributes?.find(({ Name: name }) => name === 'sub')?.Value;
    if (sub !== undefined) subs.push(sub);
  }
  return subs[0] ?? null;
}

function userInput(UserPoolId: string, { name = 'user', attributes = ['email'], status, ...more }: UserGroup) {
  if (Object.keys(more).length > 0 || status !== madeByAdministrator)
    throw new CannotStage('an administrator can’t make such a user');
  const values: Variables = { email: `${name}@example.com`, phone_number: '+15550100000' };
  return {
    UserPoolId,
    Username: name,
    MessageAction: 'SUPPRESS' as const,
    UserAttributes: attributes.map((Name) => ({ Name, Value: values[Name] })),
  };
}

const madeByAdministrator = 'FORCE_CHANGE_PASSWORD';

/** A case may have deleted its pool, or have protected it from that. */
async function remove(client: RawClient, id: string): Promise<void> {
  let answer = await client.call('DeleteUserPool', { UserPoolId: id });
  if (!answer.ok && answer.name === 'InvalidParameterException') {
    await client.call('UpdateUserPool', { UserPoolId: id, DeletionProtection: 'INACTIVE' });
    answer = await client.call('DeleteUserPool', { UserPoolId: id });
  }
  if (answer.ok || answer.name === 'ResourceNotFoundException') return;
  const way = `aws cognito-idp delete-user-pool --user-pool-id ${id}`;
  throw new LeftBehind(`The throwaway pool ${id} could not be deleted (${answer.name}). Delete it: ${way}`);
}

async function createdId(client: RawClient, input: CreateUserPoolCommandInput): Promise<string> {
  const { UserPool: made } = await staging('CreateUserPool', client.sdk.send(new CreateUserPoolCommand(input)));
  if (made?.Id !== undefined) return made.Id;
  throw new CannotStage('CreateUserPool answered without an id');
}

/** The answer to a call that makes a case's start. Throws `CannotStage` where the endpoint refuses what was asked for. */
async function staging<Answered>(operation: string, call: Promise<Answered>): Promise<Answered> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (!startRefusals.includes(error.name)) throw failed(operation, error);
    throw new CannotStage(`${operation} refused the start: ${error.name}: ${error.message}`);
  }
}

function failed(operation: string, cause: Error): UserError {
  return new UserError(`${operation} failed: ${cause.name}: ${cause.message}`, { cause });
}

/** A member that the case wants absent may be one that the endpoint sets by itself. */
async function refuseUnwanted(pool: StagedPool, userPool: JsonObject): Promise<void> {
  const unwanted = Object.keys(userPool).filter((name) => userPool[name] === null);
  const answer = unwanted.length === 0 ? null : await pool.describe();
  const there = unwanted.filter((name) => answer?.ok === true && answer.body[name] !== undefined);
  if (there.length > 0) throw new CannotStage(`the endpoint sets ${there.join(', ')} by itself`);
}

/** Brings a fresh pool to the MFA configuration that a case starts from, and makes sure that it is there. */
async function bringTo(pool: StagedPool, mfaConfig: JsonObject | undefined): Promise<void> {
  if (mfaConfig === undefined) return;
  if (await hasConfig(pool, mfaConfig)) return;
  const answer = await pool.set(requestFor(pool.id, mfaConfig));
  if (!answer.ok) throw new CannotStage(`the start was refused: ${answer.name}: ${answer.message}`);
  if (!(await hasConfig(pool, mfaConfig))) {
    throw new CannotStage(
      `the start did not hold: ${JSON.stringify(answer.body)} instead of ${JSON.stringify(mfaConfig)}`,
    );
  }
}

/** Beside OFF no factor block may be sent. */
function requestFor(id: string, mfaConfig: JsonObject): JsonObject {
  if (mfaConfig['MfaConfiguration'] !== 'OFF') return { UserPoolId: id, ...mfaConfig };
  const { WebAuthnConfiguration: passkeys } = mfaConfig;
  return {
    UserPoolId: id,
    MfaConfiguration: 'OFF',
    ...(passkeys === undefined ? {} : { WebAuthnConfiguration: passkeys }),
  };
}

async function hasConfig(pool: StagedPool, mfaConfig: JsonObject): Promise<boolean> {
  const answer = await pool.get();
  return answer.ok && isDeepStrictEqual(answer.body, mfaConfig);
}
