/** The text with one full stop at its end, whatever it ended with: texts of AWS and of policies end in either way. */
export function sentence(text: string): string {
  const bare = text.trimEnd();
  return /[!?…]$/.test(bare) ? bare : `${bare.replace(/[.\s]+$/, '')}.`;
}
