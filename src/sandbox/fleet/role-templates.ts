/** What the roles of `deploy/` may, read from the templates themselves, so that what is tried here is what is deployed. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import { packageFile } from '../../package-file.ts';
import type { ActionRule, Permissions } from './fleet.ts';

export const roleTemplates = ['audit-role', 'remediation-role', 'readiness-role'] as const;
export type RoleTemplate = (typeof roleTemplates)[number];

/** With the defaults of the template's parameters. */
export function permissionsOfTemplate(name: RoleTemplate): Permissions {
  const template = templateIn(packageFile(`deploy/${name}.yaml`));
  const parameters = objectIn(template['Parameters']);
  const roles = objectsIn(Object.values(objectIn(template['Resources']))).map(({ Properties }) => objectIn(Properties));
  const statements = roles
    .flatMap(({ Policies }) => objectsIn(Policies))
    .flatMap(({ PolicyDocument }) => objectsIn(objectIn(PolicyDocument)['Statement']));
  return {
    allows: statements.flatMap((statement) =>
      textsIn(statement['Action']).flatMap((action) =>
        textsIn(statement['Resource']).map((resource) => ({ action, on: substituted(resource, parameters) })),
      ),
    ),
    lacks: statements.flatMap(exempt),
  };
}

/** Of conditions, tags that pools must not have are kept; the service that a role is passed to is always Cognito here. */
function exempt({ Action, Condition }: JsonObject): readonly ActionRule[] {
  const unequal = Object.entries(objectIn(objectIn(Condition)['StringNotEquals']));
  const tags = unequal.flatMap(([key, value]): [string, string][] =>
    key.startsWith(tagKey) && typeof value === 'string' ? [[key.slice(tagKey.length), value]] : [],
  );
  return textsIn(Action).flatMap((action) => tags.map(([tag, value]) => ({ action, whereTagged: { [tag]: value } })));
}

const tagKey = 'aws:ResourceTag/';

/** Partition and account are those of the role itself, whichever they are. */
function substituted(resource: string, parameters: JsonObject): string {
  return resource.replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => {
    const value = objectIn(parameters[name])['Default'];
    return typeof value === 'string' ? value : '*';
  });
}

function templateIn(file: string): JsonObject {
  // CloudFormation's own tags (!Sub) are taken for what they stand before.
  const value: JsonValue = parse(readFileSync(file, 'utf8'), { logLevel: 'silent' });
  if (isJsonObject(value)) return value;
  throw new Error(`${file} is no template of this package`);
}

function objectIn(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** One may stand for a list of one. */
function listIn(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : value === undefined ? [] : [value];
}

function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return listIn(value).filter((entry) => isJsonObject(entry));
}

function textsIn(value: JsonValue | undefined): readonly string[] {
  return listIn(value).filter((entry) => typeof entry === 'string');
}
