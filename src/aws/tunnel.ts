import type { ClientRequest } from 'node:http';
import type { AgentOptions } from 'node:https';
import type { Socket } from 'node:net';
import { HttpsProxyAgent } from 'https-proxy-agent';

type TunnelOptions = Parameters<HttpsProxyAgent<string>['connect']>[1];

/** Tunnels through a proxy. The base class keeps what is trusted for the proxy itself; the far end needs it too. */
export class TunnelAgent extends HttpsProxyAgent<string> {
  private readonly trust: AgentOptions;

  constructor(proxy: string, trust: AgentOptions) {
    super(proxy, trust);
    this.trust = trust;
  }

  override connect(request: ClientRequest, options: TunnelOptions): Promise<Socket> {
    if (!options.secureEndpoint) return super.connect(request, options);
    const { ca, rejectUnauthorized } = this.trust;
    return super.connect(request, { ...options, rejectUnauthorized, ...(ca === undefined ? {} : { ca }) });
  }
}
