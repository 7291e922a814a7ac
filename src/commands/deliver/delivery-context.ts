import type { Result } from '../../domain/result/result.ts';
import type { Settings } from '../../domain/settings.ts';
import type { ConnectionFlags } from '../line/flags.ts';
import type { Settled } from '../line/setting-flags.ts';
import type { Shell } from '../output/shell.ts';

export interface DeliveryContext {
  readonly settings: Settings;
  readonly flags: ConnectionFlags & Settled & { readonly deliveries?: string; readonly history?: string };
  readonly shell: Shell;
  readonly tonight: Result;
}
