import {
  BatchImportFindingsCommand,
  GetAdministratorAccountCommand,
  GetFindingsCommand,
  SecurityHubClient,
  type AwsSecurityFinding,
} from '@aws-sdk/client-securityhub';
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import { partitionOf } from '../../domain/model/regions.ts';
import type { Attempt } from '../../pacing/call-result.ts';
import type { FindingsHub, RefusedEntry } from '../../ports/delivery.ts';
import { clientConfig, pacedRequests, type DeliveryAccess } from './access.ts';

/** Half of what the service allows an account in a region (user guide, "BatchImportFindings for finding providers": 10 a second). */
const perSecond = 5;

/** @param accountId into which the findings go, and whose credentials import them: the service takes no others */
export function securityHub(access: DeliveryAccess, accountId: string, region: string): FindingsHub {
  const identity = access.identityIn(accountId);
  const client = new SecurityHubClient(clientConfig(access, 'securityHub', identity, region));
  const request = pacedRequests(access, identity, client, { perSecond, name: `${accountId}/${region}/securityhub` });
  const filters = ownActive(accountId, region);
  return {
    accountId,
    region,
    importFindings: (findings) =>
      request(
        'securityhub:BatchImportFindings',
        // The shape is that of the format; the service checks it.
        () => client.send(new BatchImportFindingsCommand({ Findings: findings as AwsSecurityFinding[] })),
        ({ FailedFindings: failed = [] }): readonly RefusedEntry[] =>
          failed.map(({ Id: id = '', ErrorCode: code = '', ErrorMessage: message = '' }) => ({ id, code, message })),
      ),
    activeFindings: (token) =>
      request(
        'securityhub:GetFindings',
        () =>
          client.send(
            new GetFindingsCommand({
              Filters: filters,
              MaxResults: 100,
              ...(token === null ? {} : { NextToken: token }),
            }),
          ),
        ({ Findings: findings = [], NextToken: next = null }) => ({
          items: findings.flatMap(asJson),
          next: next === '' ? null : next,
        }),
      ),
  };
}

/**
 * The account that administers Security Hub for the caller's; `null`: it has none, being that itself or alone.
 */
export function administrator(access: DeliveryAccess, region: string): Promise<Attempt<string | null>> {
  const identity = access.identityIn(access.callerAccountId);
  const client = new SecurityHubClient(clientConfig(access, 'securityHub', identity, region));
  const name = `${access.callerAccountId}/${region}/securityhub`;
  return pacedRequests(access, identity, client, { perSecond, name })(
    'securityhub:GetAdministratorAccount',
    () => client.send(new GetAdministratorAccountCommand({})),
    ({ Administrator: account }) => account?.AccountId ?? null,
  );
}

function ownActive(accountId: string, region: string) {
  const arn = `arn:${partitionOf(region)}:securityhub:${region}:${accountId}:product/${accountId}/default`;
  const equals = (value: string) => [{ Value: value, Comparison: 'EQUALS' as const }];
  return {
    ProductArn: equals(arn),
    RecordState: equals('ACTIVE'),
    Id: [{ Value: 'mfa-drift/', Comparison: 'PREFIX' as const }],
  };
}

function asJson(finding: AwsSecurityFinding): readonly JsonObject[] {
  const value = JSON.parse(JSON.stringify(finding)) as JsonValue;
  return isJsonObject(value) ? [value] : [];
}
