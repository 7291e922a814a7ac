/**
 * The Compliance Finding class as a release of OCSF defines it, read from a clone of its repository (Apache-2.0, not in
 * this one), and what an event breaks of it: unknown, deprecated and missing attributes, types, enumerations and their
 * captions, constraints, profiles.
 */
import { execFileSync } from 'node:child_process';

interface Attribute {
  type?: string;
  is_array?: boolean;
  requirement?: string;
  profile?: string | null;
  sibling?: string;
  enum?: Record<string, { caption?: string }>;
  '@deprecated'?: { since: string };
}
type Attributes = Record<string, Attribute>;
interface Item {
  uid?: number;
  extends?: string;
  attributes: Attributes;
  constraints?: { at_least_one?: string[]; just_one?: string[] };
  profiles?: string[];
}
interface SimpleType {
  type?: string;
  regex?: string;
  max_len?: number;
}
interface Dictionary {
  attributes: Attributes;
  types: { attributes: Record<string, SimpleType> };
}
type Members = Record<string, unknown>;

export interface OcsfClass {
  complaintsAbout(event: Members): string[];
}

/** @param clone a folder that git knows; @param version a tag of it */
export function complianceFinding(clone: string, version: string): OcsfClass {
  const read = (file: string) =>
    JSON.parse(execFileSync('git', ['-C', clone, 'show', `${version}:${file}`], { encoding: 'utf8' }));
  const dictionary: Dictionary = read('dictionary.json');
  const events: Record<string, string> = {
    compliance_finding: 'events/findings/compliance_finding.json',
    finding: 'events/findings/finding.json',
    base_event: 'events/base_event.json',
  };
  const objects = new Map<string, Item>();

  function item(name: string): Item {
    const known = objects.get(name);
    if (known !== undefined) return known;
    const own: Item = read(events[name] ?? `objects/${name}.json`);
    const base = own.extends === undefined ? { attributes: {} } : item(own.extends);
    const merged: Item = {
      attributes: mergeAttributes(base.attributes, mergeAttributes(included(own), own.attributes)),
      constraints: own.constraints ?? base.constraints ?? {},
      profiles: [...(base.profiles ?? []), ...(own.profiles ?? [])],
    };
    if (name === 'compliance_finding') Object.assign(merged.attributes, idsOf(merged, own.uid ?? 0));
    objects.set(name, merged);
    return merged;
  }

  /** A class has its ids by its place; the files of the schema hold its own number and its category's alone. */
  function idsOf({ attributes }: Item, uid: number): Attributes {
    const category: number = read('categories.json').attributes.findings.uid;
    const one = (id: number): Attribute => ({ requirement: 'required', enum: { [id]: {} } });
    const activities = Object.keys(attributes['activity_id']?.enum ?? {}).map((id) => [
      (category * 1000 + uid) * 100 + Number(id),
      {},
    ]);
    return {
      category_uid: one(category),
      class_uid: one(category * 1000 + uid),
      type_uid: { requirement: 'required', enum: Object.fromEntries(activities) },
    };
  }

  /** What the profiles add that a class or an object includes. */
  function included({ attributes }: Item): Attributes {
    const files: unknown = attributes['$include'];
    return [files]
      .flat()
      .filter((file) => typeof file === 'string')
      .map((file): { name: string; attributes: Attributes } => read(file))
      .map(({ name, attributes: own }) =>
        Object.fromEntries(Object.entries(own).map(([key, each]) => [key, { profile: name, ...each }])),
      )
      .reduce(mergeAttributes, {});
  }

  function attributeOf(name: string, own: Attribute): Attribute {
    const general = dictionary.attributes[name] ?? {};
    return { ...general, ...own, ...(general.enum || own.enum ? { enum: { ...general.enum, ...own.enum } } : {}) };
  }

  function check(itemName: string, members: Members, profiles: readonly string[], path: string): string[] {
    const { attributes, constraints = {} } = item(itemName);
    const isOn = ({ profile = null }: Attribute): boolean => profile === null || profiles.includes(profile);
    const complaints = Object.entries(members).flatMap(([name, value]) => {
      const own = attributes[name];
      if (own === undefined || !isOn(own)) return [`${path}${name}: is no attribute of ${itemName}`];
      return checkValue(attributeOf(name, own), name, value, members, profiles, path);
    });
    const missing = Object.entries(attributes)
      .filter(([name, own]) => isOn(own) && attributeOf(name, own).requirement === 'required' && !(name in members))
      .map(([name]) => `${path}${name}: is required`);
    const some = constraints.at_least_one?.some((name) => name in members) ?? true;
    const one = (constraints.just_one?.filter((name) => name in members).length ?? 1) === 1;
    return [...complaints, ...missing, ...(some && one ? [] : [`${path}: breaks a constraint of ${itemName}`])];
  }

  function checkValue(
    attribute: Attribute,
    name: string,
    value: unknown,
    members: Members,
    profiles: readonly string[],
    path: string,
  ): string[] {
    const place = `${path}${name}`;
    if (attribute['@deprecated'] !== undefined) return [`${place}: is deprecated`];
    if (attribute.is_array === true) {
      if (!Array.isArray(value)) return [`${place}: is no list`];
      const single = { ...attribute, is_array: false };
      return value.flatMap((each) => checkValue(single, name, each, members, profiles, path));
    }
    const { type = '', sibling } = attribute;
    if (attribute.enum !== undefined && !Object.hasOwn(attribute.enum, String(value)))
      return [`${place}: ${String(value)} is unknown`];
    const caption = attribute.enum?.[String(value)]?.caption;
    if (sibling !== undefined && sibling in members && caption !== undefined && members[sibling] !== caption)
      return [`${path}${sibling}: is not ${caption}`];
    if (!type.endsWith('_t')) {
      if (typeof value !== 'object' || value === null) return [`${place}: is no object`];
      return check(type, Object.fromEntries(Object.entries(value)), profiles, `${place}.`);
    }
    return fits(type, value) ? [] : [`${place}: ${JSON.stringify(value)} is no ${type}`];
  }

  function fits(type: string, value: unknown): boolean {
    const { type: base, regex, max_len: longest = Infinity } = dictionary.types.attributes[type] ?? {};
    if (typeof value === 'string' && ((regex && !new RegExp(regex).test(value)) || value.length > longest))
      return false;
    switch (base ?? type) {
      case 'json_t':
        return true;
      case 'string_t':
        return typeof value === 'string';
      case 'boolean_t':
        return typeof value === 'boolean';
      default:
        return typeof value === 'number' && (type === 'float_t' || Number.isSafeInteger(value));
    }
  }

  return {
    complaintsAbout(event) {
      const { metadata } = event;
      const profiles: unknown =
        typeof metadata === 'object' && metadata !== null && 'profiles' in metadata && metadata.profiles;
      const names = Array.isArray(profiles) ? profiles.map(String) : [];
      const foreign = names.filter((name) => !(item('compliance_finding').profiles ?? []).includes(name));
      return [...foreign.map((name) => `${name}: is no profile`), ...check('compliance_finding', event, names, '')];
    },
  };
}

function mergeAttributes(base: Attributes, over: Attributes): Attributes {
  const merged: Attributes = { ...base };
  for (const [name, own] of Object.entries(over)) {
    if (name === '$include') continue;
    const below = base[name] ?? {};
    merged[name] = { ...below, ...own, ...(below.enum || own.enum ? { enum: { ...below.enum, ...own.enum } } : {}) };
  }
  return merged;
}
