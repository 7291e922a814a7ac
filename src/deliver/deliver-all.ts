import { UserError } from '../errors.ts';
import type { Channel, DeliveredNight } from './channel.ts';

export interface Delivered {
  readonly name: string;
  readonly isDone: boolean;
  /** What was done, or why not and what to do. */
  readonly said: string;
  /** A mistake in the program, which keeps its stack. */
  readonly bug: unknown;
}

/** One after another; what fails keeps none of the others from its turn. */
export async function* deliverAll(
  channels: readonly { readonly name: string; open(): Promise<Channel> }[],
  night: DeliveredNight,
  signal: AbortSignal,
): AsyncGenerator<Delivered, void, void> {
  for (const opener of channels) {
    const { name } = opener;
    signal.throwIfAborted();
    try {
      const channel = await opener.open();
      yield { name, isDone: true, said: await channel.deliver(night), bug: null };
    } catch (error) {
      signal.throwIfAborted();
      const isExpected = error instanceof UserError;
      yield { name, isDone: false, said: isExpected ? error.message : String(error), bug: isExpected ? null : error };
    }
  }
}
