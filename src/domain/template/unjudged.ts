/** What of a template may make pools, or change them, in a way that nobody knows before it is deployed. */
import type { JsonObject, JsonValue } from '../model/json.ts';
import type { SourceLocation } from '../model/source-files.ts';
import { functionIn } from './resolving.ts';
import { mapAt, textOf, type Template } from './template.ts';

export interface Unjudged {
  readonly location: SourceLocation;
  /** Begins with the resource's logical id. */
  readonly what: string;
}

interface Sign {
  readonly says: string;
  readonly isOn: (type: string, resource: JsonObject, logicalId: string) => boolean;
}

/** In any language: `setUserPoolMfaConfig`, `set_user_pool_mfa_config`, `set-user-pool-mfa-config`. */
const setsMfa = /set[-_]?user[-_]?pool[-_]?mfa[-_]?config/i;

const signs: readonly Sign[] = [
  {
    says: 'is a loop, which CloudFormation unrolls at the deployment',
    isOn: (_type, resource, id) =>
      id.startsWith('Fn::ForEach::') && JSON.stringify(resource).includes('AWS::Cognito::UserPool"'),
  },
  {
    says: 'is a custom resource that calls SetUserPoolMfaConfig, which replaces what the template says',
    isOn: (type, resource) =>
      (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource') &&
      setsMfa.test(JSON.stringify(resource)),
  },
  { says: 'is a module, which may hold pools', isOn: (type) => type.endsWith('::MODULE') },
  {
    says: 'takes properties from elsewhere at the deployment (Fn::Transform)',
    isOn: (type, { Properties: properties = {} }) =>
      type === 'AWS::Cognito::UserPool' &&
      (functionIn(properties) !== null || Object.hasOwn(Object(properties), 'Fn::Transform')),
  },
];

export function unjudgedIn(template: Template): readonly Unjudged[] {
  const resources = mapAt(template.value, 'Resources');
  const found = Object.entries(resources).flatMap(([logicalId, value]) => {
    const resource: JsonObject = Array.isArray(value) ? { list: value } : mapAt(resources, logicalId);
    const type = resource['Type'];
    const sign = signs.find(({ isOn }) => isOn(typeof type === 'string' ? type : '', resource, logicalId));
    return sign === undefined
      ? []
      : [{ location: template.locationOf(['Resources', logicalId]), what: `${logicalId}: ${sign.says}` }];
  });
  return [...macros(template), ...found];
}

/** Transforms of AWS's own leave user pools alone. */
function macros({ value, locationOf }: Template): readonly Unjudged[] {
  const transforms = [value['Transform'] ?? []].flat() as readonly JsonValue[];
  return transforms.flatMap((transform) => {
    const name = typeof transform === 'string' ? transform : textOf(mapAt(transform)['Name']);
    const isAws = name.startsWith('AWS::') && name !== 'AWS::Include';
    return isAws
      ? []
      : [{ location: locationOf(['Transform']), what: `Transform: the macro ${name} may change any resource` }];
  });
}
