import { poolsScript } from './pools/pools-script.ts';

/**
 * The page's only script: it draws findings and pools from the data that the page carries, filters and sorts them, and opens
 * their evidence. It is text because it runs in a browser, against the browser's types; a test drives it in Chromium. It
 * makes every node with createElement and textContent, so no name can become markup, and asks the network for nothing.
 */
export const pageScript = String.raw`
'use strict';
const step = 100;
const severities = ['critical', 'high', 'medium', 'low', 'info'];
const data = JSON.parse(document.getElementById('findings-data').textContent);
const body = document.getElementById('findings-body');
const byId = (id) => document.getElementById(id);
const controls = { text: byId('f-text'), severity: byId('f-severity'), status: byId('f-status'),
  policy: byId('f-policy'), account: byId('f-account'), change: byId('f-change') };
let shown = step;
let order = { key: null, descending: false };

for (const finding of data.findings) {
  const pool = data.pools[finding.pool];
  finding.severityRank = severities.indexOf(finding.severity);
  finding.account = pool.account || pool.accountId;
  finding.region = pool.region;
  finding.name = pool.name;
  finding.words = [finding.severity, finding.status, finding.policy, finding.path, finding.wanted, finding.found,
    pool.account, pool.accountId, pool.region, pool.name, pool.id, pool.arn, finding.file].join(' ').toLowerCase();
}

function element(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== null && child !== ''));
  return node;
}

function matches(finding) {
  const pool = data.pools[finding.pool];
  const words = controls.text.value.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => finding.words.includes(word)) &&
    (controls.severity.value === '' || finding.severity === controls.severity.value) &&
    (controls.status.value === '' || finding.status === controls.status.value) &&
    (controls.policy.value === '' || finding.policy === controls.policy.value) &&
    (controls.account.value === '' || pool.accountId === controls.account.value) &&
    (controls.change === null || controls.change.value === '' || finding.change === controls.change.value);
}

function compare(one, other) {
  const a = one[order.key] ?? '';
  const b = other[order.key] ?? '';
  const result = a < b ? -1 : a > b ? 1 : 0;
  return order.descending ? -result : result;
}

function selected() {
  const found = data.findings.filter(matches);
  return order.key === null ? found : found.sort(compare);
}

function render() {
  const found = selected();
  body.replaceChildren(...found.slice(0, shown).map(row));
  const visible = Math.min(shown, found.length);
  byId('findings-count').textContent = visible.toLocaleString('en-US') + ' of ' + found.length.toLocaleString('en-US') +
    ' findings shown' + (found.length < data.findings.length ? ', filtered from ' + data.findings.length.toLocaleString('en-US') : '');
  byId('findings-more').hidden = found.length <= shown;
}

function row(finding) {
  const pool = data.pools[finding.pool];
  const button = element('button', { type: 'button', class: 'open', 'aria-expanded': 'false',
    'aria-label': 'Evidence of ' + finding.path + ' in ' + pool.name }, '+');
  const tr = element('tr', {},
    element('td', { class: 'rank' }, button, element('span', { class: 'severity ' + finding.severity }, finding.severity),
      finding.status === 'drift' ? null : element('small', {}, finding.status)),
    element('td', { class: 'name' }, finding.policy ?? 'none matches',
      element('small', {}, finding.file + (finding.line === null ? '' : ':' + finding.line))),
    element('td', { class: 'name' }, pool.account || pool.accountId, pool.account ? element('small', {}, pool.accountId) : null),
    element('td', { class: 'date' }, pool.region),
    element('td', { class: 'name' }, pool.name, element('small', { class: 'mono id' }, pool.id)),
    element('td', { class: 'mono setting' }, finding.path),
    element('td', { class: 'mono' }, finding.wanted),
    element('td', { class: 'mono' }, finding.found),
    element('td', { class: 'date' }, finding.change === 'new' ? 'new' : (finding.since ?? '').slice(0, 10)));
  button.addEventListener('click', () => toggle(tr, button, finding));
  return tr;
}

function toggle(tr, button, finding) {
  const isOpen = button.getAttribute('aria-expanded') === 'true';
  button.setAttribute('aria-expanded', String(!isOpen));
  button.textContent = isOpen ? '+' : '−';
  if (isOpen) tr.nextElementSibling.remove();
  else tr.after(element('tr', { class: 'evidence' }, element('td', { colspan: '9' }, evidence(finding))));
}

function evidence(finding) {
  const pool = data.pools[finding.pool];
  const list = element('dl', {});
  const add = (name, ...values) => {
    const shownValues = values.filter((value) => value !== null && value !== '');
    if (shownValues.length > 0) list.append(element('dt', {}, name), element('dd', {}, ...shownValues));
  };
  add('Read', pool.observedAt + (pool.requestId === null ? '' : ', AWS request ' + pool.requestId));
  add('Pool', element('code', {}, pool.arn));
  if (pool.link !== null) {
    add('Console', element('a', { href: pool.link, target: '_blank', rel: 'noopener noreferrer' }, 'open this pool in the AWS console'));
  }
  add('Managed by', pool.managedBy);
  add('Replica of', pool.replicaOf);
  add('Unknown to this version', pool.unknownFields);
  add('Not fixed', finding.refused);
  add('Exception', finding.exception);
  add('Configuration as read', pool.config === null ? 'not read' : element('pre', { tabindex: '0' }, pool.config));
  add('Policy', excerpt(finding));
  add('Finding', element('code', {}, finding.id));
  return list;
}

function excerpt(finding) {
  const source = document.querySelector('pre[data-file="' + CSS.escape(finding.file) + '"]');
  if (source === null || finding.line === null) return null;
  const lines = source.textContent.split('\n');
  const from = Math.max(1, finding.line - 3);
  const pre = element('pre', { tabindex: '0' });
  for (let number = from; number <= Math.min(lines.length, finding.line + 2); number += 1) {
    const text = String(number).padStart(4) + '  ' + lines[number - 1];
    pre.append(number === finding.line ? element('mark', {}, text) : text + '\n');
  }
  return pre;
}

function sortBy(header, key) {
  order = { key, descending: order.key === key && !order.descending };
  for (const other of header.parentElement.children) other.removeAttribute('aria-sort');
  header.setAttribute('aria-sort', order.descending ? 'descending' : 'ascending');
  render();
}

function sortRows(header) {
  const table = header.closest('table');
  const index = [...header.parentElement.children].indexOf(header);
  const descending = header.getAttribute('aria-sort') === 'ascending';
  for (const other of header.parentElement.children) other.removeAttribute('aria-sort');
  header.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
  const value = (tr) => tr.children[index].dataset.value ?? tr.children[index].textContent;
  const numeric = header.classList.contains('number');
  const rows = [...table.tBodies[0].rows].sort((one, other) =>
    numeric ? Number(value(one)) - Number(value(other)) : value(one) < value(other) ? -1 : 1);
  table.tBodies[0].append(...(descending ? rows.reverse() : rows));
}

for (const header of document.querySelectorAll('th[data-key], table.sortable th')) {
  const button = element('button', { type: 'button' }, header.textContent);
  header.replaceChildren(button);
  button.addEventListener('click', () =>
    header.dataset.key === undefined ? sortRows(header) : sortBy(header, header.dataset.key));
}
for (const control of Object.values(controls)) {
  control?.addEventListener('input', () => { shown = step; render(); });
}
byId('findings-more').addEventListener('click', () => { shown += step * 5; render(); });
byId('findings-reset').addEventListener('click', () => {
  for (const control of Object.values(controls)) if (control !== null) control.value = '';
  shown = step;
  render();
});
document.addEventListener('keydown', (event) => {
  const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (event.key === '/' && !isTyping) { event.preventDefault(); controls.text.focus(); }
});
let closed = [];
window.addEventListener('beforeprint', () => {
  closed = [...document.querySelectorAll('details:not([open])')];
  for (const details of closed) details.open = true;
});
window.addEventListener('afterprint', () => { for (const details of closed) details.open = false; });
byId('findings-controls').hidden = false;
render();
${poolsScript}`;
