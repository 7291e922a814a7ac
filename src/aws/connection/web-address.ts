/** Addresses that a flag, a variable or a profile names: of a proxy, of endpoints. */

/** Over http or https; another scheme's is tried again and again in vain. */
export function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** It may hold a password, so that only what follows it is shown. */
export function withoutPassword(text: string): string {
  return text.replace(/^.*@/, '…@');
}
