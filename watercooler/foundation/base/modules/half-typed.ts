import { keyOf, type Field } from "./draft-field.ts";
import { keepNow, typedIn } from "./kept-draft.ts";

/** What is half typed outlives the replacing of the part of the page it stands in: text, focus and caret. */
interface Caret {
  id: string;
  from: number | null;
  to: number | null;
}

/** Puts `fresh` in the place of `old`. A text whose field is gone stays a draft on the device. */
export function putInPlace(old: Element, fresh: Element): void {
  const typed = new Map(typedIn(old).map((field) => [keyOf(field), field.value]));
  typedIn(old).forEach(keepNow);
  const caret = caretIn(old);
  old.replaceWith(fresh);
  fillIn(fresh, typed);
  if (caret) setCaret(caret);
}

function fillIn(part: Element, typed: Map<string, string>): void {
  for (const field of part.querySelectorAll<Field>("textarea, input")) {
    const text = typed.get(keyOf(field));
    if (text === undefined || field.value.trim() !== "") continue;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function caretIn(part: Element): Caret | null {
  const field = document.activeElement;
  if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) return null;
  return part.contains(field) && field.id ? { id: field.id, from: field.selectionStart, to: field.selectionEnd } : null;
}

function setCaret({ id, from, to }: Caret): void {
  const field = document.getElementById(id);
  if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) return;
  field.focus({ preventScroll: true });
  if (from !== null) field.setSelectionRange(from, to);
}

// htmx swaps by itself: what is typed in the page is a draft before, and is filled in again after (kept-draft).
document.addEventListener("htmx:before:swap", () => typedIn(document).forEach(keepNow));
