import { everyCommand, type Completable, type CompletableOption, type Value } from './completable.ts';

/** To be sourced, or as `_mfa-drift` in a folder of `fpath`. A function for each command. */
export function zshScript(program: Completable): string {
  const { name } = program;
  return `#compdef ${name}
# zsh completion for ${name}, written by \`${name} completion zsh\`

# A word, or a word, = and a file.
${wordOrFile(program)}() {
  if compset -P '*='; then _files; else compadd -- "$@"; fi
}

${everyCommand(program)
  .map((command) => functionFor(command, program))
  .join('\n')}
if [ "\${funcstack[1]}" = "_${name}" ]; then
  ${functionName(program, program)} "$@"
else
  compdef ${functionName(program, program)} ${name}
fi
`;
}

function functionFor(command: Completable, program: Completable): string {
  const options = command.options.flatMap((option) => optionSpecs(option, program));
  const name = functionName(command, program);
  if (command.commands.length === 0) {
    const rest = command.argument === null ? [] : [quoted(`*${valueSpec(command.argument, program)}`)];
    return `${name}() {\n  _arguments \\\n    ${[...options, ...rest].join(' \\\n    ')}\n}\n`;
  }
  return `${name}() {
  local curcontext="$curcontext" state line
  typeset -A opt_args
  local -a commands=(
    ${command.commands.map((child) => quoted(`${child.name}:${child.description}`)).join('\n    ')}
  )
  _arguments -C \\
    ${options.join(' \\\n    ')} \\
    '1:command:->command' '*::argument:->argument' && return
  case "$state" in
    command) _describe -t commands command commands ;;
    argument)
      case "\${line[1]}" in
${command.commands.map((child) => `        ${child.name}) ${functionName(child, program)} ;;`).join('\n')}
      esac ;;
  esac
}
`;
}

function functionName({ path }: Completable, { name }: Completable): string {
  return `_${[name, ...path.split(' ').filter((word) => word !== '')].join('_').replaceAll('-', '_')}`;
}

function wordOrFile(program: Completable): string {
  return `${functionName(program, program)}_word_or_file`;
}

function optionSpecs({ names, description, value }: CompletableOption, program: Completable): readonly string[] {
  const told = `[${description.replaceAll(/[\\[\]:]/g, String.raw`\$&`)}]`;
  return names.map((name) =>
    quoted(value === null ? `${name}${told}` : `*${name}=${told}${valueSpec(value, program)}`),
  );
}

function valueSpec(value: Value, program: Completable): string {
  return `:${value.name.replaceAll(/[[\]]/g, '')}:${actionFor(value, program)}`;
}

function actionFor({ kind, words }: Value, program: Completable): string {
  switch (kind) {
    case 'words':
      return `(${words.join(' ')})`;
    case 'wordOrWordAndFile':
      // The space keeps _arguments from adding words of its own.
      return ` ${wordOrFile(program)} ${words.join(' ')}`;
    case 'files':
      return '_files';
    case 'folders':
      return '_files -/';
    case 'unknown':
      return ' ';
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
