/** Drafts on this device: a text by its key, and whether it has been sent. */

export interface Draft {
  text: string;
  sent?: true;
}

const person = document.body.dataset["person"] ?? "0";
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

/** A draft that was sent is forgotten by the next page, unless that page says the server refused it. */
export function forgetSent(wasRefused: boolean): void {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(MINE))) {
    const kept = draft(key);
    if (kept?.sent && wasRefused) keepDraft(key, { text: kept.text });
    else if (kept?.sent) forgetDraft(key);
  }
}
