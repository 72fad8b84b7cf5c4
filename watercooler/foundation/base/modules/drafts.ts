/** Drafts on this device: a text by its key, whether it has been sent, the version of the text it changes, and what the
 * server was last given of it.
 */

import { person } from "./whose.ts";

export interface Draft {
  text: string;
  sent?: true;
  base?: string;
  known?: string;
}

const MINE = `draft:${person}:`;

export function keyFor(name: string): string {
  return MINE + name;
}

/** Returns the draft under this key, or null. */
export function draft(key: string): Draft | null {
  const kept = localStorage.getItem(key);
  return kept === null ? null : (JSON.parse(kept) as Draft);
}

/** Keeps a draft; an empty text is forgotten. */
export function keepDraft(key: string, kept: Draft): void {
  if (kept.text.trim() === "") localStorage.removeItem(key);
  else localStorage.setItem(key, JSON.stringify(kept));
}

export function forgetDraft(key: string): void {
  localStorage.removeItem(key);
}

function unsent({ text, base }: Draft): Draft {
  return base === undefined ? { text } : { text, base };
}

/** A draft that was sent is forgotten by the next page, unless it did not arrive or that page says it was refused. */
export function forgetSent(wasRefused: boolean): void {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(MINE))) {
    const kept = draft(key);
    if (kept?.sent && wasRefused) keepDraft(key, unsent(kept));
    else if (kept?.sent) forgetDraft(key);
  }
}

/** Says whether this page was come to from one of ours. After a form that reached nobody, people come another way. */
export function cameFromOurs(): boolean {
  const [way] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return way?.type !== "back_forward" && document.referrer.startsWith(location.origin);
}
