import type { DeliveryAccess } from '../../aws/delivery/access.ts';
import { createCalls } from '../../pacing/calls.ts';
import { systemClock } from '../../pacing/clock.ts';
import { connectionOf } from '../line/flags.ts';
import { say } from '../output/shell.ts';
import type { DeliveryContext } from './delivery-context.ts';

export interface OpenAccess {
  readonly access: DeliveryAccess;
  close(): void;
}

/** AWS, opened for deliveries: the SDK is loaded only where one goes there. */
export async function openAccess({
  settings,
  flags,
  shell,
}: Pick<DeliveryContext, 'settings' | 'flags' | 'shell'>): Promise<OpenAccess> {
  const { connect } = await import('../../aws/session/connect.ts');
  const { clock = systemClock, signal } = shell;
  const counts = { calls: 0, throttled: 0, retried: 0 };
  const connection = await connect({
    ...connectionOf(flags, 4),
    role: settings.role,
    organizationRole: null,
    regionHint: settings.regions.kind === 'list' ? (settings.regions.regions[0] ?? null) : null,
    calls: createCalls({ concurrency: 16, clock, signal, counts }),
    notice: (text) => void say(shell, `warning: ${text}`),
    ask: shell.line ?? null,
  });
  return { access: connection.delivery, close: () => connection.close() };
}
