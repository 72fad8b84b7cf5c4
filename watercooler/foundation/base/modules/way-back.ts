/** Where the focus goes when what had it was put anew or is gone. */
const FIELDS = "input:not([type='hidden']), textarea";
/** A menu does nothing by being pressed once too often. */
const MENUS = "summary";
const OTHERS = "a[href], button";

/** Returns what stands in this part for an element that stood in the one before: the same control, else the first. */
export function inItsPlace(part: ParentNode, gone: Element): HTMLElement | null {
  return same(part, gone) ?? firstOf(part, FIELDS) ?? firstOf(part, MENUS) ?? firstOf(part, OTHERS);
}

function same(part: ParentNode, gone: Element): HTMLElement | null {
  for (const name of ["data-act", "aria-label"]) {
    const value = gone.getAttribute(name);
    if (value === null) continue;
    const found = part.querySelector<HTMLElement>(`${gone.localName}[${name}="${CSS.escape(value)}"]`);
    if (found) return found;
  }
  return null;
}

function firstOf(part: ParentNode, selector: string): HTMLElement | null {
  const all = [...part.querySelectorAll<HTMLElement>(selector)];
  return all.find((one) => one.checkVisibility()) ?? null;
}
