/**
 * A line that holds names of others, for channels whose programs find links and mentions in plain text by themselves: an
 * address loses what makes it one, as threat reports write it (`https[:]//`), and neither an at sign nor the bracket that begins
 * a mention of Slack, a tag of HTML or the target of a link in Markdown touches what follows.
 */
export function disarmed(text: string): string {
  return text
    .replaceAll('://', '[:]//')
    .replace(/\b(javascript|mailto|data|tel|file|www)([:.])/gi, '$1[$2]')
    .replace(/[@<](?=\S)/g, '$& ')
    .replaceAll('](', '] (');
}
