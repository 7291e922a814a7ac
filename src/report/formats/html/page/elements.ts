/** Nodes of the page, found and made: with createElement and text alone, so that no name can become markup. */
import { partsOf } from './breaks.ts';

type Attribute = string | boolean | null;
export type Child = Node | string | null | undefined;

/** What `false` and `null` stand for is left out, as are children that are empty. */
export function element(
  name: string,
  attributes: Readonly<Record<string, Attribute>>,
  ...children: readonly Child[]
): HTMLElement {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) node.setAttribute(key, value === true ? '' : value);
  }
  for (const child of children) if (child !== null && child !== undefined && child !== '') node.append(child);
  return node;
}

/** The text, to be broken into lines only where it may be. */
export function broken(text: string): readonly Child[] {
  return partsOf(text).flatMap(({ text: part, isWhole, mayEnd }) => [
    isWhole ? element('span', { class: 'whole' }, part) : part,
    mayEnd ? element('wbr', {}) : null,
  ]);
}

export function find(id: string): HTMLElement | null {
  return document.getElementById(id);
}

/** What every page has. */
export function need(id: string): HTMLElement {
  const found = find(id);
  if (found === null) throw new Error(`The page has no #${id}.`);
  return found;
}

export type Control = HTMLInputElement | HTMLSelectElement;

/** `null`: this page has no use for it. */
export function findControl(id: string): Control | null {
  const found = find(id);
  return found instanceof HTMLInputElement || found instanceof HTMLSelectElement ? found : null;
}

export function needControl(id: string): Control {
  const found = findControl(id);
  if (found === null) throw new Error(`The page has no control #${id}.`);
  return found;
}

/** The text of a block of data that the page was written with. */
export function blockOf(id: string): string {
  return need(id).textContent ?? '';
}

/** Each of them in lower case, as a search looks for them. */
export function wordsIn(text: string): readonly string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

/** Shows what the address says; a choice that is none of a list's shows all. */
export function setControl(control: Control, value: string): void {
  control.value = value;
  if (control.value !== value) control.value = '';
}

/** `100 of 1,234 findings shown, filtered from 5,000` */
export function shownInWords(shown: number, found: number, all: number, thing: string): string {
  if (found === 0) return all === 0 ? 'There are none.' : `None of ${counted(all, thing)} has all of that.`;
  const filtered = found < all ? `, filtered from ${number(all)}` : '';
  return `${number(Math.min(shown, found))} of ${counted(found, thing)} shown${filtered}`;
}

function counted(count: number, thing: string): string {
  return `${number(count)} ${thing}${count === 1 ? '' : 's'}`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
