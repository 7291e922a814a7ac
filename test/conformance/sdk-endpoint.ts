/** Any endpoint that has CreateUserPool: moto, another emulator, or AWS itself. Makes one throwaway pool at a time. */
import {
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  paginateListUserPools,
  type CognitoIdentityProviderClientConfig,
  type CreateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../src/domain/model/json.ts';
import { UserError } from '../../src/errors.ts';
import type { Case } from './case.ts';
import { CannotStage, type Endpoint, type StagedPool, type Variables } from './endpoint.ts';
import { RawClient } from './raw-client.ts';
import { withoutNulls } from './rules-endpoint.ts';

export interface SdkEndpointOptions {
  readonly name: string;
  readonly client: CognitoIdentityProviderClientConfig;
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
      const pool = await create(client, `${poolPrefix}-${conformanceCase.id}`, conformanceCase.given?.userPool ?? {});
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
    client.sdk.destroy();
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
  if (given?.region !== undefined && given.region !== variables['region']) {
    throw new CannotStage(`needs the region ${given.region}`);
  }
}

async function create(client: RawClient, poolName: string, userPool: JsonObject): Promise<StagedPool> {
  const input: CreateUserPoolCommandInput = {
    ...withoutNulls(userPool),
    PoolName: poolName.slice(0, 128),
    DeletionProtection: 'INACTIVE',
  };
  const id = await createdId(client, input);
  return {
    id,
    set: (request) => client.set(request),
    get: () => client.get(id),
    describe: () => client.describe(id),
    remove: () => remove(client, id),
  };
}

async function remove(client: RawClient, id: string): Promise<void> {
  try {
    await client.sdk.send(new DeleteUserPoolCommand({ UserPoolId: id }));
  } catch (cause) {
    const way = `aws cognito-idp delete-user-pool --user-pool-id ${id}`;
    throw new LeftBehind(`The throwaway pool ${id} could not be deleted. Delete it: ${way}`, { cause });
  }
}

async function createdId(client: RawClient, input: CreateUserPoolCommandInput): Promise<string> {
  try {
    const { UserPool: made } = await client.sdk.send(new CreateUserPoolCommand(input));
    if (made?.Id !== undefined) return made.Id;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (!startRefusals.includes(error.name)) throw failed('CreateUserPool', error);
    throw new CannotStage(`CreateUserPool refused the start: ${error.name}: ${error.message}`);
  }
  throw new CannotStage('CreateUserPool answered without an id');
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
