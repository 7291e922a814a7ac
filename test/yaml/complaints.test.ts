import { describe, expect, it, test } from 'vitest';
import { ComplaintsError, UserError } from '../../src/errors.ts';
import { renderComplaints } from '../../src/yaml/complaints.ts';
import { SourceComplaintsError } from '../../src/yaml/source-complaints.ts';
import { parseYaml } from '../../src/yaml/document.ts';

/** What a person sees of a text that is not what YAML or we can read. */
function seen(text: string): string {
  const { complaints } = parseYaml('f.yaml', text);
  return complaints.length === 0
    ? ''
    : renderComplaints(new SourceComplaintsError(complaints, new Map([['f.yaml', text]])));
}

/** Without the lines of the file. */
function said(text: string): readonly string[] {
  return parseYaml('f.yaml', text).complaints.map(
    ({ file, line, column, message, hint }) =>
      `${file}:${line}:${column} ${message}${hint === null ? '' : ` | ${hint}`}`,
  );
}

describe('a text that is not YAML', () => {
  it('is shown with the line before, the place underlined, and the way out', () => {
    expect(seen('kind: Policy\nmatch: { accounts: [*-prod] }\n')).toBe(
      [
        'f.yaml:2:21  YAML takes *-prod for an alias, and nothing has the anchor &-prod',
        '   1 │ kind: Policy',
        '   2 │ match: { accounts: [*-prod] }',
        '     │                     ^^^^^^ quote the glob: "*-prod"',
        '1 error in 1 file; nothing was read or changed.',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['', ['f.yaml:null:null is empty']],
    ['# nothing\n', ['f.yaml:null:null is empty']],
    ['---\n---\n', ['f.yaml:null:null is empty']],
    ['a: 1\na: 2\nb: 3\nb: 4\n', ['f.yaml:2:1 a stands here a second time', 'f.yaml:4:1 b stands here a second time']],
    [
      'a: [*-prod, *-dev]\n',
      [
        'f.yaml:1:5 YAML takes *-prod for an alias, and nothing has the anchor &-prod | quote the glob: "*-prod"',
        'f.yaml:1:13 YAML takes *-dev for an alias, and nothing has the anchor &-dev | quote the glob: "*-dev"',
      ],
    ],
    [
      'a: { b: ${region}.x }\n',
      ['f.yaml:1:10 this is not YAML: unexpected flow-map-start at node end | quote the value that holds ${…}'],
    ],
    [
      'a: "\\ud800"\n"\\udfff": 1\n',
      [
        'f.yaml:1:4 this text holds half of a character | write the character itself, not its two halves',
        'f.yaml:2:1 this text holds half of a character | write the character itself, not its two halves',
      ],
    ],
    [
      'a: &x { b: 1 }\nc: { <<: *x }\n',
      ['f.yaml:2:6 a merge key (`<<`) is not read here | write out the keys that it would bring'],
    ],
    [
      '%YAML 1.1\n---\nmode: ON\nday: 2026-12-31\n',
      ['f.yaml:1:1 YAML 1.1 is not read here: it takes ON, NO and 010 for other values | take this line away'],
    ],
    ...['!!binary aGVsbG8=', '!!set { b }', '!!omap [b: 1]', '!!timestamp 2026-12-31', '!Ref b'].map(
      (value): [string, string[]] => [
        `a: ${value}\n`,
        ['f.yaml:1:4 YAML tags (`!…`) are not used here | quote the value if it is meant as text'],
      ],
    ),
    ['a: [*]\n', ['f.yaml:1:5 `*` alone begins an alias in YAML | quote the glob: "*"']],
    ['a:\n\t- b\n', ['f.yaml:2:1 a tab can not indent in YAML; use spaces']],
    [
      'a: b: c\n',
      ['f.yaml:1:4 a second `:` on one line is not YAML | quote the value, or put the inner map on lines of its own'],
    ],
    [
      'kind: Policy\n  name: x\n',
      [
        'f.yaml:2:3 name is indented deeper than the line above it, which holds a value already | indent it like its neighbours, or take the value above it away',
      ],
    ],
    [
      'a:\n  b: 1\n   c-d: 2\n',
      [
        'f.yaml:3:4 c-d is indented deeper than the line above it, which holds a value already | indent it like its neighbours, or take the value above it away',
      ],
    ],
    [
      'a:\n  - x\n    b: 1\n',
      [
        'f.yaml:3:5 b is indented deeper than the line above it, which holds a value already | indent it like its neighbours, or take the value above it away',
      ],
    ],
    [
      'a: b\n  goes on\n  c: d\n',
      [
        'f.yaml:3:3 c is indented deeper than the line above it, which holds a value already | indent it like its neighbours, or take the value above it away',
      ],
    ],
    ['a: @b\n', ['f.yaml:1:4 a value can not begin with `@` in YAML | quote the value']],
    [
      'a: "x\\.y"\n',
      [
        'f.yaml:1:6 `\\.` is not an escape that YAML knows between double quotes | write the backslash twice, or use single quotes',
      ],
    ],
    [
      'a: !foo x\nb: !bar y\n',
      [
        'f.yaml:1:4 YAML tags (`!…`) are not used here | quote the value if it is meant as text',
        'f.yaml:2:4 YAML tags (`!…`) are not used here | quote the value if it is meant as text',
      ],
    ],
    ['a: !foo x\n', ['f.yaml:1:4 YAML tags (`!…`) are not used here | quote the value if it is meant as text']],
    [
      'a: !!js/function x\n',
      ['f.yaml:1:4 YAML tags (`!…`) are not used here | quote the value if it is meant as text'],
    ],
    ['? [a]\n: b\n', ['f.yaml:1:3 a key must be plain text']],
    [
      'a: .nan\nb: -.inf\n',
      [
        'f.yaml:1:4 .nan is not a number that can be used here',
        'f.yaml:2:4 -.inf is not a number that can be used here',
      ],
    ],
  ])('%j', (text, complaints) => {
    expect(said(text)).toEqual(complaints);
  });

  it('tells an alias bomb from aliases that people write', () => {
    const levels = 'bcdefg'
      .split('')
      .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdef'[index]}`).join(', ')}]`);
    expect(said(`a: &a [x, x, x]\n${levels.join('\n')}\n`)).toEqual([
      'f.yaml:null:null holds aliases that multiply: it would grow beyond all bounds | write the lists out instead of repeating them',
    ]);
    expect(said('a: &a [x]\nb: *a\n')).toEqual([]);
  });
});

test.each([
  ['lists', '['.repeat(100_000)],
  ['maps', '{ a: '.repeat(100_000)],
])('%s that lie too deep in one another are no reason to say that the text is not YAML', (_what, deep) => {
  const [complaint, ...others] = parseYaml('f.yaml', `a: ${deep}`).complaints;
  expect(complaint?.message).toBe('lists or maps lie deeper in one another here than can be read');
  expect(others).toEqual([]);
});

describe('a text that is YAML', () => {
  it('may hold several documents, comments, a byte order mark and Windows line ends', () => {
    const { documents, complaints } = parseYaml('f.yaml', 'a: ON\r\n---\r\n# x\r\nb: [1, yes]\r\n');
    expect(complaints).toEqual([]);
    expect(documents.map(({ value }) => value)).toEqual([{ a: 'ON' }, { b: [1, 'yes'] }]);
  });

  it('tells the place of keys, values and what is not there, through aliases too', () => {
    const text = 'first: 1\nmap:\n  list: [one, two]\n  bare:\nsame: &x { deep: y }\nother: *x\n';
    const [document] = parseYaml('f.yaml', text).documents;
    const places = [
      document?.keySpot(['map', 'list']),
      document?.valueSpot(['map', 'list', 1]),
      document?.valueSpot(['map', 'bare']),
      document?.valueSpot(['map', 'missing', 'deeper']),
      document?.keySpot(['other', 'deep']),
      document?.valueSpot([]),
    ];
    expect(places.map((spot) => `${spot?.line}:${spot?.column}+${spot?.width}`)).toEqual([
      '3:3+4',
      '3:15+3',
      '4:3+4',
      '3:3+16',
      '5:12+4',
      '1:1+8',
    ]);
  });

  it('may hold a character beyond the first plane, written as an escape, and the tags of plain values', () => {
    const { documents, complaints } = parseYaml('f.yaml', '%YAML 1.2\n---\na: "\\U0001F98A"\nb: !!str 12\n');
    expect(complaints).toEqual([]);
    expect(documents.map(({ value }) => value)).toEqual([{ a: '🦊', b: '12' }]);
  });

  it('keeps the words that a value was written in', () => {
    const [document] = parseYaml('f.yaml', 'id: 012345678901\nmode: true\n').documents;
    expect([document?.written(['id']), document?.written(['mode']), document?.written(['x'])]).toEqual([
      '012345678901',
      'true',
      null,
    ]);
  });
});

describe('complaints', () => {
  it('of all files come by file and line, each once', () => {
    const complaint = (file: string, line: number) => ({
      file,
      line,
      column: 1,
      width: 1,
      message: 'wrong',
      hint: null,
    });
    const error = new ComplaintsError(
      ['x'],
      [complaint('b', 2), complaint('a', 3), complaint('b', 1), complaint('a', 3)],
    );
    expect(renderComplaints(error)).toBe(
      'a:3:1  wrong\nb:1:1  wrong\nb:2:1  wrong\n3 errors in 2 files; nothing was read or changed.\n',
    );
  });

  it('are a user’s error whose message says all without the lines', () => {
    const { complaints } = parseYaml('f.yaml', 'a: [*-prod]\n');
    const error = new SourceComplaintsError(complaints, new Map());
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toBe(
      'f.yaml:1:5  YAML takes *-prod for an alias, and nothing has the anchor &-prod (quote the glob: "*-prod")\n1 error in 1 file; nothing was read or changed.',
    );
  });

  it('send no control character of a file to the terminal', () => {
    const text = 'a: "\u001b[31m\u202e"\na: 1\n';
    const shown = seen(text);
    expect(shown).toContain('   1 │ a: "\\u001B[31m\\u202E"');
    expect(['\u001b', '\u202e'].filter((steering) => shown.includes(steering))).toEqual([]);
  });

  it('show the line itself also where it is empty', () => {
    expect(seen('a: {\n\n').split('\n').slice(0, 4)).toEqual([
      'f.yaml:3:1  this is not YAML: flow map in block collection must be sufficiently indented and end with a }',
      '   3 │ ',
      '     │ ^',
      '1 error in 1 file; nothing was read or changed.',
    ]);
  });

  it('underline what stands behind wide characters where it stands', () => {
    expect(seen('x: { 日本: 1, b: *c }\n').split('\n')[2]).toBe('     │                  ^^ quote the glob: "*c"');
  });
});
