import { BlockList, isIP } from 'node:net';
import type { Settings } from '../../domain/settings.ts';
import { UserError } from '../../errors.ts';
import type { Settled } from '../line/setting-flags.ts';

/**
 * Before anything is changed: an endpoint that is neither AWS's own nor on this machine needs consent, since whoever answers
 * there can answer anything to a read and take any write.
 *
 * @param endpoints hosts, with their ports where they name one
 * @throws UserError where one was not consented to
 */
export function requireEndpointConsent(
  endpoints: readonly string[],
  { remediation }: { readonly remediation: Pick<Settings['remediation'], 'allowEndpoint'> },
  flags: Settled,
): void {
  const byFlag = flags.settings['remediation.allowEndpoint'] ?? [];
  const allowed = [...remediation.allowEndpoint, ...byFlag].map((host) => host.toLowerCase());
  const refused = endpoints.filter(
    (host) => !isLoopback(host) && !allowed.includes(host) && !allowed.includes(withoutPort(host)),
  );
  const [first] = refused;
  if (first === undefined) return;
  const hosts = refused.join(' and ');
  throw new UserError(
    `Requests go to ${hosts}, which an override of the endpoint names (--endpoint-url, AWS_ENDPOINT_URL, the profile), and not to AWS. Whoever answers there could take any change, so nothing was changed. If that is meant: ${refused.map((host) => `--allow-endpoint ${withoutPort(host)}`).join(' ')}, or remediation.allowEndpoint in the configuration.`,
  );
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

function isLoopback(host: string): boolean {
  const name = withoutPort(host).replace(/^\[|\]$/g, '');
  const version = isIP(name);
  if (version === 0) return name === 'localhost' || name.endsWith('.localhost');
  return loopback.check(name, version === 4 ? 'ipv4' : 'ipv6');
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '');
}
