/** The end of a command's help: examples that work, one a line, and what its exit codes mean. */
export function closingHelp(examples: readonly string[], exitCodes: string): string {
  return `\nExamples:\n${examples.map((example) => `  $ ${example}\n`).join('')}\nExit codes: ${exitCodes}`;
}
