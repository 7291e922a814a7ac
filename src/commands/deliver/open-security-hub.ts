import { endpointHosts, type DeliveryAccess } from '../../aws/delivery/access.ts';
import { administrator, securityHub } from '../../aws/delivery/security-hub.ts';
import type { Channel } from '../../deliver/channel.ts';
import { hubRemedy, securityHubChannel } from '../../deliver/channels/security-hub.ts';
import { valueOf } from '../../deliver/failures.ts';
import type { HubPlace } from '../../deliver/targets.ts';

/** Into the account that is named, else into that which administers Security Hub, else into the caller's. */
export async function openSecurityHub(
  name: string,
  place: HubPlace,
  access: DeliveryAccess,
  requireConsent: (hosts: readonly string[]) => void,
): Promise<Channel> {
  requireConsent(endpointHosts(access, 'securityHub'));
  const region = place.region ?? access.homeRegion;
  const accountId = place.accountId ?? (await administratorOr(access, region));
  return securityHubChannel(name, securityHub(access, accountId, region));
}

async function administratorOr(access: DeliveryAccess, region: string): Promise<string> {
  const found = valueOf(await administrator(access, region), (failure) =>
    failure.code === 'AccessDenied'
      ? `Which account administers Security Hub can't be asked: allow securityhub:GetAdministratorAccount, or name it: securityhub:ACCOUNT/${region}.`
      : hubRemedy({ accountId: access.callerAccountId, region })(failure),
  );
  return found ?? access.callerAccountId;
}
