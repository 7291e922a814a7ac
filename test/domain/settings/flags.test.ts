import { expect, test } from 'vitest';
import { flagName, flagValue, hasFlag } from '../../../src/domain/settings/flags.ts';
import { settingTable, settings } from '../../../src/domain/settings/table.ts';

test('a flag is named without what it takes', () => {
  expect(flagName(settingTable['remediation.maxChanges'].flag)).toBe('--max-changes');
  expect(flagName(settingTable['remediation.includeManaged'].flag)).toBe('--include-managed');
  expect(flagName({ ...settingTable.reports.flag, flag: '--report <format> [file]' })).toBe('--report');
});

test('rows that a flag settles are told from those that none does', () => {
  const paths = settings.filter(([, row]) => hasFlag(row)).map(([path]) => path);
  expect(paths).toContain('failOn');
  expect(paths).not.toContain('requireCoverage');
});

test('the value of a flag is the one of its own setting', () => {
  const flags = { failOn: 'high', policies: ['a'] } as const;
  expect(flagValue(flags, 'failOn')).toBe('high');
  expect(flagValue(flags, 'policies')).toEqual(['a']);
  expect(flagValue(flags, 'requireCoverage')).toBeUndefined();
});
