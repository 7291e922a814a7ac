import { endpointHosts, type DeliveryAccess } from '../../aws/delivery/access.ts';
import { eventBus } from '../../aws/delivery/event-bridge.ts';
import type { Channel } from '../../deliver/channel.ts';
import { eventBridgeChannel } from '../../deliver/channels/event-bridge.ts';
import type { Ledger } from '../../deliver/ledger.ts';

export interface BusContext {
  readonly ledger: Ledger;
  /** @throws UserError where one of the hosts was not consented to */
  readonly consent: (hosts: readonly string[]) => void;
}

export function openBus(name: string, bus: string, access: DeliveryAccess, { ledger, consent }: BusContext): Channel {
  consent(endpointHosts(access, 'eventBridge'));
  return eventBridgeChannel(name, eventBus(access, bus), ledger);
}
