/**
 * The page's only script: it draws findings and pools from the data that the page carries, filters and sorts them, and
 * opens their evidence. A test drives it in Chromium. It asks the network for nothing.
 */
import { followAddress } from './address.ts';
import { findingsTable } from './findings.ts';
import { poolsTable } from './pools.ts';
import { sortOnClick } from './sorting.ts';

const findings = findingsTable((control) => changed(control));
const pools = poolsTable(findings, (control) => changed(control));
sortOnClick((header) => findings.sortBy(header));
const changed = followAddress([findings, ...(pools === null ? [] : [pools])]);

document.addEventListener('keydown', (event) => {
  const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (event.key !== '/' || isTyping) return;
  event.preventDefault();
  findings.focusSearch();
});

/** A picture leads to the findings of an account: the address says of which, and the page goes there. */
document.addEventListener('click', ({ target }) => {
  if (target instanceof Element && target.closest('a[href^="#findings?"]') !== null)
    document.getElementById('findings')?.scrollIntoView();
});

/** On paper everything is open. */
let closed: readonly HTMLDetailsElement[] = [];
window.addEventListener('beforeprint', () => {
  closed = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
  for (const details of closed) details.open = true;
});
window.addEventListener('afterprint', () => {
  for (const details of closed) details.open = false;
});
