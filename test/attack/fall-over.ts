import { explanationOf } from '../../src/commands/output/explanation.ts';

/**
 * What a reader says that it may not say, of whatever it was given to read: a stack, or what steers a terminal. `null` where
 * it ends as its contract says. What it says is what it resolves with (a text, or a command's standard error) or throws.
 */
export async function fallOver(work: () => Promise<unknown>): Promise<string | null> {
  const said = await work().then(
    (ended) => (typeof ended === 'string' ? ended : isEnded(ended) ? ended.stderr : ''),
    async (error: unknown) => (await explanationOf(error, new AbortController().signal)).text,
  );
  const isStack = /This is a bug|\n {4}at /.test(said);
  const steers = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u.test(said.replaceAll(/[\n\t]/g, ''));
  return isStack || steers ? said : null;
}

function isEnded(value: unknown): value is { readonly stderr: string } {
  return typeof value === 'object' && value !== null && 'stderr' in value && typeof value.stderr === 'string';
}
