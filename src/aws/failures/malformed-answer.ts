/** An answer that is not what the service's model promises. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';
  /** Cut short or garbled on the way, so that asking again may help; a whole answer of the wrong shape will not change. */
  readonly isDamaged: boolean;

  constructor(message: string, options: { readonly isDamaged: boolean; readonly cause?: unknown }) {
    super(message, { cause: options.cause });
    this.isDamaged = options.isDamaged;
  }
}
