/** What judged templates come to: 0 all surely holds, 2 a pool would drift, 3 something is known only at the deployment. */
import { expect, it, test } from 'vitest';
import { countTemplates, standOf, templateExitCode } from '../../../src/domain/template/stands.ts';
import { expecting } from '../../policy-set.ts';
import { judged, withPool } from './templates.ts';

const set = expecting("{ MfaConfiguration: 'ON', factors: { atLeastOne: [totp] } }");
const app = 'EnabledMfas: [SOFTWARE_TOKEN_MFA]';
const holding = withPool(`MfaConfiguration: "ON"\n${app}`);
const drifting = withPool(`MfaConfiguration: OPTIONAL\n${app}`);
const open = withPool(`MfaConfiguration: !Ref Mode\n${app}`, 'Parameters: { Mode: { Type: String } }');
const both = withPool(
  'MfaConfiguration: OPTIONAL\nEnabledMfas: !Ref F',
  'Parameters: { F: { Type: CommaDelimitedList } }',
);
const macro = withPool(`MfaConfiguration: "ON"\n${app}`, 'Transform: AcmeMacro');
const empty = 'Resources: { Topic: { Type: "AWS::SNS::Topic" } }';

it.each([
  ['holds', holding, ['holds'], { pools: 1, drifting: 0, unknown: 0 }, 0],
  ['drifts', drifting, ['drift'], { pools: 1, drifting: 1, unknown: 0 }, 2],
  ['is not known', open, ['unknown'], { pools: 1, drifting: 0, unknown: 1 }, 3],
  ['drifts, and more of it is not known', both, ['drift'], { pools: 1, drifting: 1, unknown: 1 }, 3],
  ['holds, beside what may change it', macro, ['holds'], { pools: 1, drifting: 0, unknown: 1 }, 3],
  ['is none', empty, [], { pools: 0, drifting: 0, unknown: 0 }, 0],
])('a pool that %s', (_what, text, stands, counts, code) => {
  const template = judged(text, set);
  expect(template.pools.map(standOf)).toEqual(stands);
  expect(countTemplates([template])).toEqual(counts);
  expect(templateExitCode(countTemplates([template]))).toBe(code);
});

test('templates are counted together', () => {
  const counts = countTemplates([holding, drifting, open, both, macro, empty].map((text) => judged(text, set)));
  expect(counts).toEqual({ pools: 5, drifting: 2, unknown: 3 });
});
