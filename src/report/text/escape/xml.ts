import { escapeUTF8 } from 'entities';
import { visible } from '../../../escape/visible.ts';

/** XML 1.0 forbids most control characters even as references, and U+FFFE and U+FFFF: those are shown, not written. */
const noncharacters = /[\uFFFE\uFFFF]/g;

/** Text for an element or a quoted attribute. */
export function xmlText(text: string): string {
  return escapeUTF8(
    visible(text).replace(noncharacters, (character) => `\\u${character.charCodeAt(0).toString(16).toUpperCase()}`),
  );
}

/** ` name="value"` for each attribute. */
export function xmlAttributes(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${xmlText(String(value))}"`)
    .join('');
}
