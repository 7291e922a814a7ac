/** Text of at most so many characters, with an ellipsis where more was; never half a surrogate pair. */
export function clipped(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const kept = text.slice(0, characters - 1);
  return `${kept.replace(/[\uD800-\uDBFF]$/, '')}…`;
}
