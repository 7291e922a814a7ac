/** Who signed a request, from `userIdentity` (CloudTrail user guide, "userIdentity element"). */
import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts';
import type { Principal } from '../model/blame.ts';

/** Of whoever has no name but that of a session. */
const federated: ReadonlySet<string> = new Set([
  'FederatedUser',
  'WebIdentityUser',
  'SAMLUser',
  'IdentityCenterUser',
  'Directory',
]);

export function principalOf(identity: JsonObject): Principal {
  const arn = textAt(identity, 'arn');
  const userName = textAt(identity, 'userName');
  const last = arn?.split('/').at(-1) ?? null;
  const type = textAt(identity, 'type') ?? '';
  if (federated.has(type)) return { kind: 'federated', name: null, session: userName ?? last, arn };
  switch (type) {
    case 'Root':
      return { kind: 'root', name: null, session: null, arn };
    case 'IAMUser':
      return { kind: 'user', name: userName ?? last, session: null, arn };
    case 'AssumedRole':
    case 'Role':
      return { kind: 'role', name: roleName(identity, arn), session: type === 'Role' ? null : last, arn };
    case 'AWSService':
      return { kind: 'service', name: textAt(identity, 'invokedBy'), session: null, arn };
    default:
      return { kind: 'unknown', name: null, session: userName, arn };
  }
}

/** `arn:aws:sts::111122223333:assumed-role/NAME/SESSION` */
function roleName(identity: JsonObject, arn: string | null): string | null {
  const issuer = objectAt(objectAt(identity, 'sessionContext'), 'sessionIssuer');
  return textAt(issuer, 'userName') ?? arn?.split('/').at(1) ?? null;
}

export function objectAt(object: JsonObject, name: string): JsonObject {
  const value: JsonValue | undefined = object[name];
  return isJsonObject(value) ? value : {};
}

/** `null` for anything but a text that is not empty. */
export function textAt(object: JsonObject, name: string): string | null {
  const value = object[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
