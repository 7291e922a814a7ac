import { jsonLine } from '../../../escape/json.ts';

/** JSON for a data block: `<` is written as an escape, so that nothing in it can end the element or open a comment. */
export function blockSafe(value: object): string {
  return jsonLine(value).replaceAll('<', '\\u003c');
}
