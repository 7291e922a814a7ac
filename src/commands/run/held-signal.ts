/** An interruption that waits while something must not be cut in two. */
export interface HeldSignal {
  /** Aborts as the first signal does, with its reason, but never once `hold` was called before. */
  readonly signal: AbortSignal;
  /** From now on requests end by themselves; whoever starts new ones asks the first signal. */
  hold(): void;
}

export function heldSignal(signal: AbortSignal): HeldSignal {
  const held = new AbortController();
  const pass = (): void => held.abort(signal.reason);
  if (signal.aborted) pass();
  else signal.addEventListener('abort', pass, { once: true });
  return { signal: held.signal, hold: () => signal.removeEventListener('abort', pass) };
}
