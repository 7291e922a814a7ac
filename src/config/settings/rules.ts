/** What a configuration must keep beyond its schema. */
import type { Complaint } from '../../errors.ts';
import type { Path, YamlDocument } from '../../yaml/document.ts';
import type { ConfigFile } from './config-file.ts';

export function checkRules({ accounts }: ConfigFile, document: YamlDocument): readonly Complaint[] {
  const complain = (path: Path, message: string, hint: string): Complaint => ({
    file: document.file,
    ...document.keySpot(path),
    message,
    hint,
  });
  if (accounts?.organization === true && accounts.ids !== undefined) {
    const message = 'accounts.ids stands beside organization: true, and only one of them can name the accounts';
    return [complain(['accounts', 'ids'], message, 'to narrow an organization use accounts.include')];
  }
  return [];
}
