import { expect, test } from 'vitest';
import { warningAt } from '../../../src/domain/result/warning.ts';

test('a warning names its file and line, where it has such', () => {
  const code = 'conflict';
  expect(warningAt({ file: 'p.yaml', line: 3, column: 5 }, code, 'm')).toEqual({
    code,
    message: 'm',
    file: 'p.yaml',
    line: 3,
  });
  expect(warningAt({ file: '', line: 0, column: 0 }, code, 'm')).toEqual({
    code,
    message: 'm',
    file: null,
    line: null,
  });
});
