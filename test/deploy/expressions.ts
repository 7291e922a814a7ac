/** `${{ … }}` and `if:`, evaluated by GitHub's own evaluator (npm `@actions/expressions`). */
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

export type Contexts = Readonly<Record<string, unknown>>;
export type JobStatus = 'success' | 'failure';

const statusFunctions: Readonly<Record<string, (status: JobStatus) => boolean>> = {
  always: () => true,
  cancelled: () => false,
  failure: (status) => status === 'failure',
  success: (status) => status === 'success',
};

/** A text with each expression in it replaced by its value. */
export function filledIn(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/gs, (_all, source: string) => evaluated(source, contexts).coerceString());
}

/** Whether a step or job goes on; without a status function of its own, only after success. */
export function holds(condition: string | undefined, status: JobStatus, contexts: Contexts): boolean {
  const source = (condition ?? 'success()').replace(/^\$\{\{(.*)\}\}$/s, '$1');
  const says = evaluated(source, contexts, status);
  const isTrue = ![data.Kind.Null].includes(says.kind) && !['', 'false', '0'].includes(says.coerceString());
  return /\b(?:always|cancelled|failure|success)\(/.test(source) ? isTrue : status === 'success' && isTrue;
}

function evaluated(source: string, contexts: Contexts, status: JobStatus = 'success'): data.ExpressionData {
  const functions = Object.entries(statusFunctions).map(([name, holdsAfter]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(holdsAfter(status)),
  }));
  const { tokens } = new Lexer(source.trim()).lex();
  const expression = new Parser(tokens, Object.keys(contexts), functions).parse();
  const known = JSON.parse(JSON.stringify(contexts), data.reviver);
  return new Evaluator(expression, known, new Map(functions.map((each) => [each.name, each]))).evaluate();
}
