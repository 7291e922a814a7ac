/**
 * Who publishes mfa-drift, and where: `publisher.json` says it, and everything else that names it is made from there.
 *
 *   node release/publisher.mjs --repository OWNER/NAME --image HOST/PATH --contact ADDRESS --schemas PREFIX
 *       writes what is given into publisher.json and, in place of what stood there, into every tracked file
 *   node release/publisher.mjs
 *       the same with nothing new: brings the image's version up to package.json's
 *   node release/publisher.mjs --is-set
 *       fails, and says what is missing, while there is a placeholder
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** Of each value: how it must look, and what it is until somebody publishes. Nothing of it could be somebody's. */
const values = {
  repository: { form: /^[\w.-]+\/[\w.-]+$/, placeholder: 'OWNER/REPOSITORY', example: 'owner/name, at GitHub' },
  image: { form: /^[a-z0-9.-]+(?:\/[a-z0-9._-]+)+$/, placeholder: 'registry.invalid/mfa-drift', example: 'host/path' },
  contact: { form: /^(?:https:\/\/\S+|[^\s@]+@[^\s@]+)$/, placeholder: 'security@publisher.invalid', example: 'a@b.c' },
  schemas: { form: /^(?:urn|https):\S+[:/]$/, placeholder: 'urn:mfa-drift:schema:v1:', example: 'https://…/v1/' },
};
const names = Object.keys(values);

const { values: given } = parseArgs({
  options: { ...Object.fromEntries(names.map((name) => [name, { type: 'string' }])), 'is-set': { type: 'boolean' } },
});
const current = JSON.parse(readFileSync('publisher.json', 'utf8'));

if (given['is-set'] === true) requireAll();
else publishAs({ ...current, ...given });

/** An id of a schema needs no address, so that its placeholder may stay. */
function requireAll() {
  const missing = names.filter((name) => name !== 'schemas' && current[name] === values[name].placeholder);
  if (missing.length > 0)
    fail(`publisher.json has no ${missing.join(', no ')} yet: docs/releasing.md says how to set it.`);
}

function publishAs(next) {
  for (const name of names) {
    const { form, example } = values[name];
    if (!form.test(next[name])) fail(`--${name} ${next[name]}: it must be ${example}.`);
  }
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  for (const file of trackedTexts()) {
    const text = readFileSync(file, 'utf8');
    const renamed = names.reduce((before, name) => before.replaceAll(current[name], next[name]), text);
    const written = renamed.replaceAll(versionsOf(next.image), `${next.image}:${version}`);
    if (written !== text) writeFileSync(file, written);
  }
  writeFileSync('publisher.json', `${JSON.stringify(next, null, 2)}\n`);
  if (next.repository !== values.repository.placeholder) describePackage(next.repository);
}

/** npm compares `repository` with the provenance of what is published; `homepage` is what SARIF calls informationUri. */
function describePackage(repository) {
  const address = `https://github.com/${repository}`;
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const named = {
    ...manifest,
    repository: { type: 'git', url: `git+${address}.git` },
    homepage: `${address}#readme`,
    bugs: `${address}/issues`,
  };
  writeFileSync('package.json', `${JSON.stringify(named, null, 2)}\n`);
}

/** This file keeps its placeholders, and publisher.json is written for itself. */
function trackedTexts() {
  const files = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0');
  const own = new Set(['', 'publisher.json', 'release/publisher.mjs', 'package-lock.json']);
  return files.filter((file) => !own.has(file) && !/\.(?:png|gz)$/.test(file));
}

function versionsOf(image) {
  return new RegExp(`${image.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}:\\d+\\.\\d+\\.\\d+`, 'g');
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
