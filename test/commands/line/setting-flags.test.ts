import { Command, CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { definePlan } from '../../../src/commands/line/define/define-remediation.ts';
import { addSettingFlags, settingWords, type Settled } from '../../../src/commands/line/setting-flags.ts';
import type { SettingFlags } from '../../../src/domain/settings/flags.ts';
import { settings } from '../../../src/domain/settings/table.ts';
import type { FlagFamily } from '../../../src/domain/settings/kinds.ts';

const families: readonly FlagFamily[] = ['policies', 'audit', 'report', 'limits', 'endpoint'];

function newCommand(): Command {
  return new Command().exitOverride().configureOutput({ writeErr: () => undefined });
}

function settled(words: readonly string[]): SettingFlags {
  const command = newCommand();
  for (const family of families) addSettingFlags(command, family);
  command.parse(words, { from: 'user' });
  return command.opts<Settled>().settings;
}

function refusal(words: readonly string[]): string {
  try {
    settled(words);
  } catch (error) {
    if (error instanceof CommanderError) return error.message;
    throw error;
  }
  return '';
}

/** Every flag there is for a setting, as a person types it and where it lands. */
const all: readonly (readonly [words: readonly string[], flags: SettingFlags])[] = [
  [['--policies', 'a', '--policies', 'b,c'], { policies: ['a', 'b,c'] }],
  [['--fail-on', 'high'], { failOn: 'high' }],
  [['--blame'], { blame: true }],
  [['--report', 'json=out.json', '--report', 'table'], { reports: ['json=out.json', 'table'] }],
  [['--allow', 'disruptive', '--allow', 'weakening'], { 'remediation.allow': ['disruptive', 'weakening'] }],
  [['--max-changes', '0'], { 'remediation.maxChanges': 0 }],
  [['--max-changes-percent', '12.5'], { 'remediation.maxChangesPercent': 12.5 }],
  [['--max-users', '5000'], { 'remediation.maxUsers': 5000 }],
  [['--include-managed'], { 'remediation.includeManaged': true }],
  [['--allow-endpoint', 'vpce-1.example:8443'], { 'remediation.allowEndpoint': ['vpce-1.example:8443'] }],
];

describe('a flag of a setting', () => {
  it.each(all)('%j', (words, flags) => {
    expect(settled(words)).toEqual(flags);
  });

  it('is one of the flags above', () => {
    const command = newCommand();
    for (const family of families) addSettingFlags(command, family);
    expect(command.options.map(({ long }) => long)).toEqual(all.map(([[flag]]) => flag));
  });

  it('implies settings that there are, with values of their kind', () => {
    const implied = settings.flatMap(([, { flag }]) => Object.entries(flag?.implies ?? {}));
    expect(implied).not.toEqual([]);
    for (const [path] of implied) {
      expect(['whole', 'number']).toContain(settings.find(([other]) => other === path)?.[1].kind);
    }
  });

  it('brings nothing where it is not given', () => {
    expect(settled([])).toEqual({});
  });

  it('stands beside the others', () => {
    expect(settled(all.flatMap(([words]) => words))).toEqual(Object.assign({}, ...all.map(([, flags]) => flags)));
  });

  it('is taken in its last word where it is no list', () => {
    expect(settled(['--max-users', '1', '--max-users', '2'])).toEqual({ 'remediation.maxUsers': 2 });
  });

  it.each([
    [['--max-users', 'many'], 'It must be a whole number from 0 to 9007199254740991.'],
    [['--max-users', '2.5'], 'It must be a whole number from 0 to 9007199254740991.'],
    [['--max-changes-percent', '101'], 'It must be a number from 0 to 100.'],
    [['--max-changes-percent', '1e1'], 'It must be a number from 0 to 100.'],
    [['--fail-on', 'bad'], 'Allowed choices are critical, high, medium, low, info.'],
  ])('%j is refused', (words, sentence) => {
    expect(refusal(words)).toContain(`'${words[1]}' is invalid. ${sentence}`);
  });

  it('is written again as it was given, family by family', () => {
    const flags = settled(all.flatMap(([words]) => words));
    expect(families.flatMap((family) => settingWords(flags, family))).toEqual(all.flatMap(([words]) => words));
  });
});

it("a plan's own --report settles no setting", () => {
  const command = newCommand();
  definePlan(command, () => undefined);
  command.parse(['--report', 'markdown=plan.md', '--max-users', '7'], { from: 'user' });
  expect(command.opts()).toMatchObject({
    report: ['markdown=plan.md'],
    settings: { 'remediation.maxUsers': 7 },
  });
});
