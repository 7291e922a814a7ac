import { Ajv2020 } from 'ajv/dist/2020.js';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { doctorSchema } from '../../src/report/documents/doctor-document.ts';
import { policyCheckSchema } from '../../src/report/documents/policy-check-document.ts';
import { policyTestSchema } from '../../src/report/documents/policy-test-document.ts';
import { readinessSchema } from '../../src/report/documents/readiness-document.ts';
import { showSchema } from '../../src/report/documents/show-document.ts';
import { templateSchema } from '../../src/report/documents/template-document.ts';

describe.each([
  ['show-report', showSchema],
  ['doctor-report', doctorSchema],
  ['policy-check-report', policyCheckSchema],
  ['policy-test-report', policyTestSchema],
  ['template-report', templateSchema],
  ['readiness-report', readinessSchema],
])('the published schema of a %s', (name, schema) => {
  it('is the one that the documents are made by', async () => {
    const text = await format(JSON.stringify(schema), { parser: 'json', printWidth: 120 });
    await expect(text).toMatchFileSnapshot(`../../policies/schemas/${name}.schema.json`);
  });

  it('is a schema of draft 2020-12, of the family of the others, and refers to nothing that is not in it', () => {
    expect(schema.$id).toBe(`urn:mfa-drift:schema:v1:${name}`);
    const ajv = new Ajv2020({ allowUnionTypes: true });
    expect(ajv.validateSchema(schema), JSON.stringify(ajv.errors)).toBe(true);
    expect(() => ajv.compile(schema)).not.toThrow();
  });
});
