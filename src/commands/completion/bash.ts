import { everyCommand, type Completable, type Value } from './completable.ts';

/**
 * For bash from 3.2 on, as macOS has it, without the package bash-completion. Nothing that was typed is evaluated. `=` parts
 * words in bash, so that `--report json=out` comes as four.
 */
export function bashScript(program: Completable): string {
  const { name } = program;
  const start = `_${name.replaceAll('-', '_')}`;
  return `# bash completion for ${name}, written by \`${name} completion bash\`

${start}_takes_value() {
  case "$1 $2" in
    ${anyOf(valuedOptions(program).map(([at]) => at))}) return 0 ;;
  esac
  return 1
}

# Where nothing is said, readline completes files by itself.
${start}() {
  local IFS=$' \\t\\n' current="\${COMP_WORDS[COMP_CWORD]}" command='' option='' last='' file='' word
  local -a words=("\${COMP_WORDS[@]:1:COMP_CWORD-1}")
  if [[ "$current" == '=' ]]; then
    words+=('=')
    current=''
  fi
  for word in "\${words[@]}"; do
    if [[ "$word" == '=' ]]; then
      if [[ -z "$option" ]]; then
        option="$last"
        file=yes
      fi
    elif [[ -n "$option" ]]; then
      option=''
    elif [[ "$word" == '--' ]]; then
      return
    elif [[ "$word" == -* ]]; then
      last='' file=''
      if ${start}_takes_value "$command" "$word"; then option="$word" last="$word"; fi
    else
      last=''
      case "$command $word" in
        ${anyOf(everyCommand(program).flatMap(({ path, commands }) => commands.map((child) => `${path} ${child.name}`)))}) command="\${command:+$command }$word" ;;
      esac
    fi
  done
  if [[ -n "$option" ]]; then
    case "$command $option" in
${cases(valuedOptions(program)).join('\n')}
    esac
  elif [[ "$current" == -* ]]; then
    case "$command" in
${everyCommand(program)
  .map(({ path, options }) => line(`'${path}'`, complete(options.flatMap(({ names }) => names))))
  .join('\n')}
    esac
  else
    case "$command" in
${everyCommand(program)
  .map((command) => line(`'${command.path}'`, restOf(command)))
  .join('\n')}
    esac
  fi
}

complete -o default -F ${start} ${name}
`;
}

type Placed = readonly [at: string, value: Value];

/** Each option that takes a value, as `COMMAND OPTION`. */
function valuedOptions(program: Completable): readonly Placed[] {
  return everyCommand(program).flatMap(({ path, options }) =>
    options.flatMap(({ names, value }) =>
      value === null ? [] : names.map((typed): Placed => [`${path} ${typed}`, value]),
    ),
  );
}

/** Options with the same answer share a line. */
function cases(placed: readonly Placed[]): readonly string[] {
  const places = new Map<string, string[]>();
  for (const [at, value] of placed) {
    const answer = answerTo(value);
    places.set(answer, [...(places.get(answer) ?? []), at]);
  }
  return [...places].map(([answer, at]) => line(anyOf(at), answer));
}

function restOf({ commands, argument }: Completable): string {
  if (commands.length > 0) return complete(commands.map(({ name }) => name));
  return argument === null ? nothing : answerTo(argument);
}

function answerTo({ kind, words }: Value): string {
  switch (kind) {
    case 'words':
      return complete(words);
    case 'wordOrWordAndFile':
      return `if [[ -z "$file" ]]; then ${complete(words)}; fi`;
    case 'files':
      return ':';
    case 'folders':
      return 'compopt -o dirnames +o default 2> /dev/null';
    case 'unknown':
      return nothing;
  }
}

const nothing = 'compopt +o default 2> /dev/null';

function complete(words: readonly string[]): string {
  return `COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$current")); ${nothing}`;
}

function line(pattern: string, action: string): string {
  return `      ${pattern}) ${action} ;;`;
}

function anyOf(patterns: readonly string[]): string {
  return patterns.map((pattern) => `'${pattern}'`).join(' | ');
}
