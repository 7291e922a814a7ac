/** Which way requests leave: through the proxy of HTTPS_PROXY, or past it. */
import type { HttpRequest } from '@smithy/core/protocols';
import type { Log } from '../../log.ts';
import { exemptHosts, exemptingEntry, proxyAddress } from './proxy.ts';

/** How requests leave, as the environment says it; empty texts where it says nothing. */
export interface Way {
  readonly httpsProxy: string;
  readonly noProxy: string;
}

export function wayOut(): Way {
  const httpsProxy = proxyAddress();
  if (httpsProxy === '') return { httpsProxy, noProxy: '' };
  return { httpsProxy, noProxy: exemptHosts(process.env['no_proxy'] ?? process.env['NO_PROXY'] ?? '') };
}

/** Where there is a proxy: for each host once, which way its requests go and by which entry of NO_PROXY. */
export function wayTeller({ httpsProxy, noProxy }: Way, log: Log | null): (request: HttpRequest) => void {
  const told = new Set<string>();
  return ({ protocol, hostname, port = null }) => {
    if (httpsProxy === '' || log === null || told.has(hostname)) return;
    told.add(hostname);
    const entry = protocol === 'https:' ? exemptingEntry(noProxy, hostname, port) : 'http';
    const because = protocol === 'https:' ? `NO_PROXY ${entry ?? 'does not match'}` : 'plain http';
    log.debug('way', { host: hostname, through: entry === null ? 'proxy' : 'direct', because });
  };
}
