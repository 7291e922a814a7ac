/** The configuration's text as results may keep it. */
import { parseDocument, visit, type Range } from 'yaml';
import { isJsonObject, type JsonValue } from '../../domain/model/json.ts';
import { mask } from '../../domain/policy/advice/masked-fields.ts';

const reference = /^\$\{env:[^}]*\}$/;

/**
 * The same text without the role's external id, which appears nowhere; a reference to a variable holds none and stays.
 * Everything else stays as it is.
 *
 * @param text of a configuration that was found valid
 */
export function recordableText(text: string): string {
  const document = parseDocument(text);
  const secret = externalIdOf(document.toJS());
  if (secret === null || reference.test(secret)) return text;
  const ranges: Range[] = [];
  visit(document, {
    Scalar(key, node) {
      if (key !== 'key' && node.value === secret && node.range) ranges.push(node.range);
    },
  });
  // From the last to the first, so that the places before stay where they are.
  return ranges.reduceRight(masked, text);
}

/** A block scalar ends with the line, which another key begins after. */
function masked(text: string, [start, end]: Range): string {
  const lineEnd = text[end - 1] === '\n' ? '\n' : '';
  return `${text.slice(0, start)}'${mask}'${lineEnd}${text.slice(end)}`;
}

function externalIdOf(configuration: JsonValue): string | null {
  const role = isJsonObject(configuration) ? configuration['role'] : null;
  const externalId = isJsonObject(role) ? role['externalId'] : null;
  return typeof externalId === 'string' ? externalId : null;
}
