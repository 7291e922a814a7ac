import { everyCommand, type Completable, type CompletableOption, type Value } from './completable.ts';

/** For a file in fish's folder of completions. */
export function fishScript(program: Completable): string {
  const { name } = program;
  const start = `__${name.replaceAll('-', '_')}`;
  const lines = everyCommand(program).flatMap(({ path, commands, options, argument }) => {
    const here = `complete -c ${name} -n ${quoted(`${start}_at ${path}`.trim())}`;
    return [
      ...commands.map((child) => `${here.replace('_at', '_just_at')} -a ${child.name} -d ${quoted(child.description)}`),
      ...options.map((option) => `${here} ${optionWords(option, start)}`),
      ...(argument === null ? [] : [`${here} ${valueWords(argument, start)}`.replace(' -x', '').replace(' -r', '')]),
    ];
  });
  return `# fish completion for ${name}, written by \`${name} completion fish\`

function ${start}_words
    commandline -opc | string match -v -- '-*'
end

# Whether these commands come first.
function ${start}_at
    set -l words (${start}_words)
    set -l last (math (count $argv) + 1)
    test (count $argv) -eq 0; or test "$words[2..$last]" = "$argv"
end

# And nothing more.
function ${start}_just_at
    ${start}_at $argv; and test (count (${start}_words)) -eq (math (count $argv) + 1)
end

# A word, or a word, = and a file.
function ${start}_word_or_file
    if set -l word (string match -r '^[^=]+=' -- (commandline -ct | string replace -r '^--[^=]+=' ''))
        __fish_complete_path (commandline -ct | string replace -r '^.*=' '') | string replace -r '^' -- $word
    else
        printf '%s\\n' $argv
    end
end

complete -c ${name} -f
${lines.join('\n')}
`;
}

function optionWords({ names, description, value }: CompletableOption, start: string): string {
  const typed = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  return [...typed, ...(value === null ? [] : [valueWords(value, start)]), '-d', quoted(description)].join(' ');
}

function valueWords({ kind, words }: Value, start: string): string {
  switch (kind) {
    case 'words':
      return `-x -a ${quoted(words.join(' '))}`;
    case 'wordOrWordAndFile':
      return `-x -a ${quoted(`(${start}_word_or_file ${words.join(' ')})`)}`;
    case 'files':
      return '-r -F';
    case 'folders':
      return "-x -a '(__fish_complete_directories)'";
    case 'unknown':
      return '-x';
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}
