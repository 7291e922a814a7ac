/** The external id of a role: texts that set it are shown without it. */
import { mask } from '../domain/policy/advice/masked-fields.ts';

/** However it is misspelt: a complaint about the name shows the line. */
const name = 'external[-_ ]?id\\w*';
const setting = new RegExp(`^([^\\S\\n]*)(.*?${name}["']?[^\\S\\n]*:)([^\\n]*)`, 'i');
const nameAlone = new RegExp(`^${name}$`, 'i');

/** Whether a key is an external id's. */
export function namesExternalId(key: string | number): boolean {
  return nameAlone.test(String(key));
}

/** The same lines, as many, without the external ids that they set; one that comes from the environment stays. */
export function withoutExternalIds(text: string): string {
  let deeperThan: number | null = null;
  return text
    .split('\n')
    .map((line) => {
      if (line.trim() === '') return line;
      const indent = /^\s*/.exec(line)?.[0].length ?? 0;
      if (deeperThan !== null && indent > deeperThan) return `${line.slice(0, indent)}${mask}`;
      const [, before = '', key = '', value = ''] = setting.exec(line) ?? [];
      deeperThan = key === '' || value.includes('${env:') ? null : before.length;
      return deeperThan === null ? line : `${before}${key} ${mask}`;
    })
    .join('\n');
}
