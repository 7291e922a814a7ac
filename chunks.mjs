/**
 * Which modules bundle.mjs puts into one file. Opening and linking a file takes longer than reading the few lines of most
 * modules, and what is loaded for nothing takes time too: a file is what is needed at once.
 */
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';

/** Verbs that always ask AWS, and those that never do. */
const online = ['apply', 'audit', 'doctor', 'init', 'plan', 'readiness', 'rollback'].map(verbFile);
const offline = ['audit-from-saved', 'history', 'journal', 'report'].map(verbFile);

/** The first that names a module has it; whoever needs one module of a file loads them all. By entries in `src`. */
const files = {
  start: ({ needs }) => needs('cli.ts'),
  line: ({ needs }) => needs('commands/line/program.ts'),
  policies: ({ needs }) => needs('commands/policy/policy-check.ts'),
  flags: ({ needs }) => needs(...readdirSync('src/commands/line/define').map((name) => `commands/line/define/${name}`)),
  tests: ({ needs }) => needs('commands/policy/policy-test.ts'),
  results: ({ needs, mayLoad }) => both(needs('commands/audit.ts'), mayLoad(...offline)),
  saved: ({ needs }) => butNot(needs(...online), needs('commands/report.ts', 'commands/audit-from-saved.ts')),
  aws: ({ needs }) => needs('aws/session/connect.ts'),
  audit: ({ needs }) => needs('commands/audit.ts'),
};
/** Ids of modules by the name of their file, once the bundler knows them. */
const modules = new Map();

/** For `codeSplitting` of the bundler, together with the plugin. */
export const chunkGroups = Object.keys(files).map((name, at, names) => ({
  name,
  test: (id) => modules.get(name).has(id),
  priority: names.length - at,
}));

export function knowChunks() {
  return {
    name: 'know-chunks',
    buildEnd() {
      const reachedFrom = (entries, ...members) =>
        new Set(entries.flatMap((entry) => [...reached(this, resolve('src', entry), members)]));
      const needs = (...entries) => reachedFrom(entries, 'importedIds');
      const mayLoad = (...entries) => reachedFrom(entries, 'importedIds', 'dynamicallyImportedIds');
      for (const [name, modulesOf] of Object.entries(files)) modules.set(name, modulesOf({ needs, mayLoad }));
    },
  };
}

/** Ids of all modules that a module leads to, by those members of what the bundler knows of each. */
function reached(context, id, members) {
  const found = new Set();
  const left = [id];
  for (const next of left) {
    const info = context.getModuleInfo(next);
    for (const imported of members.flatMap((member) => info?.[member] ?? [])) {
      if (!found.has(imported)) left.push(imported);
      found.add(imported);
    }
  }
  return found;
}

function verbFile(verb) {
  return `commands/${verb}.ts`;
}

function both(some, others) {
  return new Set([...some].filter((id) => others.has(id)));
}

function butNot(unwanted, ids) {
  return new Set([...ids].filter((id) => !unwanted.has(id)));
}
