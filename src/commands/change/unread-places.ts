import { isOpen, type Result } from '../../domain/result/result.ts';
import { counted } from '../../number-format.ts';
import { sentence } from '../../report/text/sentence.ts';
import { placeInWords } from '../../report/views/gap-places.ts';

const most = 5;

/** The first places that were not read, why, and what to do, so that who plans need not audit to know it. */
export async function unreadPlaces(result: Result): Promise<readonly string[]> {
  const { open } = result.head.summary.gaps;
  const texts: string[] = [];
  if (open === 0) return texts;
  for await (const gap of result.gaps()) {
    if (!isOpen(gap)) continue;
    texts.push(`not read: ${placeInWords(gap)}. ${sentence(gap.message)} ${gap.remedy}`);
    if (texts.length === most) break;
  }
  return open > most
    ? [...texts, `not read: ${counted(open - most, 'more place')}; mfa-drift doctor names them`]
    : texts;
}
