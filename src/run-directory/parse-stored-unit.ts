import { builtSchema } from '../yaml/built-schemas.ts';
import { validate } from './stored-checks.ts?compiled';
import type { StoredUnit } from './stored-unit.ts';

const schema = builtSchema<StoredUnit>(validate, 'unit');

/** `null` where the line is none of these. */
export function parseStoredUnit(line: string): StoredUnit | null {
  try {
    const value: unknown = JSON.parse(line);
    return schema.accepts(value) ? value : null;
  } catch {
    return null;
  }
}
