/**
 * The page's address says what is filtered and sorted, so that a view can be sent to somebody and the browser's way back
 * works: `#findings?severity=critical&text=payments`. Of the address of a page from disk nothing may be changed but what
 * stands behind the `#`.
 */

/** A table, by the names that the address has for what it is filtered and sorted by. */
export interface AddressPart {
  /** What is shown now; an empty value is none. */
  said(): Readonly<Record<string, string>>;
  /** Shows this; whatever it does not name is not filtered. */
  show(said: URLSearchParams): void;
}

/** Tells the address what a control has changed. Letters that are typed one after the other are one step of the way back. */
export type Changed = (control: Element) => void;

const mark = '#findings?';

/** Shows what the address says, now and when it changes. */
export function followAddress(parts: readonly AddressPart[]): Changed {
  let last: Element | null = null;
  const follow = (): void => {
    const { hash } = window.location;
    last = null;
    // The link of a section leaves the filters as they are.
    if (hash !== '' && !hash.startsWith(mark)) return;
    const said = new URLSearchParams(hash.slice(mark.length));
    for (const part of parts) part.show(said);
  };
  window.addEventListener('popstate', follow);
  if (window.location.hash.startsWith(mark)) {
    follow();
    document.getElementById('findings')?.scrollIntoView();
  }
  return (control) => {
    const said = parts.flatMap((part) => Object.entries(part.said()).filter(([, value]) => value !== ''));
    const { pathname, search } = window.location;
    const address = said.length === 0 ? `${pathname}${search}` : `${mark}${new URLSearchParams(said).toString()}`;
    if (control === last && control instanceof HTMLInputElement) window.history.replaceState(null, '', address);
    else window.history.pushState(null, '', address);
    last = control;
  };
}
