/**
 * A line that holds names of others, for channels whose programs find links and mentions in plain text by themselves: an
 * address loses what makes it one, as threat reports write it (`https[:]//`), and an at sign does not touch a name.
 */
export function disarmed(text: string): string {
  return text
    .replaceAll('://', '[:]//')
    .replace(/\b(javascript|mailto|data|tel|file|www)([:.])/gi, '$1[$2]')
    .replace(/@(?=\S)/g, '@ ');
}
