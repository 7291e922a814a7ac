import { clipped } from '../../text/clip.ts';
import { visible } from '../../../escape/visible.ts';

/** Long enough for every setting but a message template; a file of 25,000 results must stay below 10 MB, compressed. */
const messageCharacters = 1000;

/** A message as plain text: in SARIF `[text](target)` would be a link (SARIF 2.1.0, 3.11.6). */
export function messageText(text: string): { readonly text: string } {
  return { text: clipped(visible(text), messageCharacters).replaceAll('](', '] (') };
}
