/** Where a night is told, and what is told there. */
import type { News } from '../domain/news/news.ts';
import type { Result } from '../domain/result/result.ts';
import { UserError } from '../errors.ts';
import type { NightMessage } from '../report/news/night-message.ts';

/** What every channel tells from; external ids and foreign account ids are masked in it. */
export interface DeliveredNight {
  readonly tonight: Result;
  readonly message: NightMessage;
  /** Read anew each time. */
  news(): AsyncIterable<News>;
}

export interface Channel {
  /** As the user named it, without secrets: `slack`, `s3://bucket/prefix`. */
  readonly name: string;
  /**
   * Does it, or finds it done. Resolves with what it did, to follow the name in a sentence.
   *
   * @throws DeliveryError
   */
  deliver(night: DeliveredNight): Promise<string>;
}

/** It was not delivered, or not wholly; the message says why and what to do. */
export class DeliveryError extends UserError {
  /** Whether the other side has it is not known: no answer came. */
  readonly isUncertain: boolean;

  constructor(message: string, options: { readonly isUncertain?: boolean; readonly cause?: unknown } = {}) {
    super(message, options);
    this.isUncertain = options.isUncertain ?? false;
  }
}
