/** What opens below a finding: what was read, when, and which line of which policy wants it otherwise. */
import { broken, element } from './elements.ts';
import type { FindingData, PoolData } from './page-data.ts';

export function evidence(finding: FindingData, pool: PoolData): HTMLElement {
  const list = element('dl', {});
  const add = (name: string, value: Node | string | null): void => {
    if (value === null || value === '') return;
    const shown = typeof value === 'string' ? broken(value) : [value];
    list.append(element('dt', {}, name), element('dd', {}, ...shown));
  };
  add('Read', pool.observedAt + (pool.requestId === null ? '' : `, AWS request ${pool.requestId}`));
  add('Pool', element('code', {}, ...broken(pool.arn)));
  add('Console', pool.link === null ? null : consoleLink(pool.link));
  add('Managed by', pool.managedBy);
  add('Last change', pool.lastChange);
  add('Replica of', pool.replicaOf);
  add('Unknown to this version', pool.unknownFields);
  add('Not fixed', finding.refused);
  add('Exception', finding.exception);
  add('Configuration as read', pool.config === null ? 'not read' : element('pre', { tabindex: '0' }, pool.config));
  add('Policy', excerpt(finding));
  add('Finding', element('code', {}, ...broken(finding.id)));
  return list;
}

function consoleLink(href: string): HTMLElement {
  return element('a', { href, target: '_blank', rel: 'noopener noreferrer' }, 'open this pool in the AWS console');
}

/** The line of the policy and its neighbours, from the text that the page has further down. */
function excerpt({ file, line }: FindingData): HTMLElement | null {
  const source = document.querySelector(`pre[data-file="${CSS.escape(file)}"]`);
  if (source === null || line === null) return null;
  const from = Math.max(0, line - 4);
  const pre = element('pre', { tabindex: '0' });
  const lines = (source.textContent ?? '').split('\n').slice(from, line + 2);
  for (const [index, content] of lines.entries()) {
    const number = from + index + 1;
    const text = `${String(number).padStart(4)}  ${content}`;
    pre.append(number === line ? element('mark', {}, text) : `${text}\n`);
  }
  return pre;
}
