/** YAML that is safe on a terminal and in a log: what can't be seen is written as an escape, so the values are the same. */
import { Scalar, visit, type Document } from 'yaml';
import { escapedUnits } from './json.ts';
import { visible } from './visible.ts';

/**
 * A text that a terminal or a CI system would act on, or that would begin a line of its own, stands in double quotes; and in
 * quotes stands what a tool that speaks YAML 1.1 takes for something else, such as ON for a truth and an account id for a number.
 */
export function yamlPage(document: Document): string {
  visit(document, {
    Scalar(_key, scalar) {
      if (typeof scalar.value === 'string' && visible(scalar.value) !== scalar.value) scalar.type = Scalar.QUOTE_DOUBLE;
    },
  });
  document.setSchema('1.2', { compat: 'yaml-1.1' });
  const onOneLine = { lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER };
  // Nothing that is escaped here stands outside of double quotes, where YAML has the escapes of JSON.
  return document.toString(onOneLine).split('\n').map(escapedUnits).join('\n');
}
