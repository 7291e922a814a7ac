/** `mfa-drift.yaml` (kind Config): its head, and every row of the table of settings. */
import type { SectionRow } from '../../domain/settings/kinds.ts';
import { settings, settingSections } from '../../domain/settings/table.ts';
import { nested } from './nested.ts';
import { settingSchema } from './setting-schemas.ts';
import { apiVersionSchema, draft } from './shared-schemas.ts';

export const configSchema = {
  $schema: draft,
  $id: 'urn:mfa-drift:schema:v1:config',
  title: 'mfa-drift configuration',
  type: 'object',
  additionalProperties: false,
  required: ['apiVersion', 'kind'],
  properties: {
    apiVersion: apiVersionSchema,
    kind: { const: 'Config', description: 'This file configures mfa-drift.' },
    ...nested(
      settings.map(([path, row]) => [path, settingSchema(row)]),
      sectionSchema,
    ),
  },
};

function sectionSchema(properties: Readonly<Record<string, object>>, section: string): object {
  const sections: Readonly<Record<string, SectionRow>> = settingSections;
  return { ...sections[section], type: 'object', additionalProperties: false, properties };
}
