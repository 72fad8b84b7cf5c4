import htmx from "htmx.org";
import { putInPlace } from "./half-typed.ts";
import { say } from "./say.ts";
import type { ToastStack } from "./toast-stack.ts";
import { inItsPlace } from "./way-back.ts";
import { whose } from "./whose.ts";
import { _ } from "./words.ts";

/** What a refusal says, and which field it is about. */
export interface Refusal {
  sentence: string;
  field: string;
}

/** What the server names as the trouble when a session has ended: what is sent waits until somebody signs in again. */
export const SIGNED_OUT = "session";

/** What became of something sent: done, refused with a sentence, or not delivered at all.
 *
 * `address` is where the server would go on; `isMeant` says that it insists, also from within a page.
 */
export type Outcome =
  | { done: true; address: string | null; isMeant: boolean }
  | { done: false; refusal: Refusal; isStale?: boolean }
  | { done: false; refusal: null };

export const UNREACHED = _("We couldn’t reach Watercooler. Nothing is lost; try again in a moment.");
/** What the server says while its database is away, and a server in front of it while it is away itself. */
const AWAY = new Set([502, 503, 504]);
const BROKEN = _("Something broke on our side. Nothing is lost; try again in a moment.");

/** Sends as a script that wants a part back, and puts that part in its place. Never throws. */
export async function send(url: string, body: FormData, method = "POST"): Promise<Outcome> {
  const headers = { Accept: "text/html", "HX-Request": "true", "HX-Current-URL": location.href, ...whose };
  try {
    const response = await fetch(url, { method, body, headers, credentials: "same-origin" });
    const text = await response.text();
    if (AWAY.has(response.status)) return { done: false, refusal: null };
    if (!response.ok) {
      const refusal = refusalIn(text) ?? { sentence: BROKEN, field: "" };
      return { done: false, refusal, isStale: response.status === 409 };
    }
    const meant = response.headers.get("HX-Redirect");
    if (meant === null && !response.redirected) place(text);
    return { done: true, address: meant ?? (response.redirected ? response.url : null), isMeant: meant !== null };
  } catch {
    return { done: false, refusal: null };
  }
}

/** Finds the sentence in base/refused_part.html; null if the text is something else. */
export function refusalIn(text: string): Refusal | null {
  if (!text.includes("data-refused")) return null;
  const part = parsed(text).querySelector<HTMLElement>("[data-refused]");
  return part && { sentence: part.textContent.trim(), field: part.dataset["field"] ?? "" };
}

/** Puts every element of a part where the element with its id is, and shows a toast that came with it. */
export function place(text: string): void {
  for (const part of [...parsed(text).body.children] as HTMLElement[]) {
    if ("toast" in part.dataset) document.querySelector<ToastStack>("toast-stack")?.take(part);
    else if (part.id) replace(part);
  }
}

function replace(part: HTMLElement): void {
  const old = document.getElementById(part.id);
  if (old === null) return;
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  putInPlace(old, part);
  htmx.process(part);
  if (focused && !part.contains(document.activeElement)) inItsPlace(part, focused)?.focus({ preventScroll: true });
}

/** Shows a refusal beside the field it is about, else at the top of the form, else as a toast. Typed text stays. */
export function showRefusal(refusal: Refusal, form: HTMLFormElement | null): void {
  if (form === null || form.id === "acts") {
    say(refusal.sentence);
    return;
  }
  form.querySelector(".refusal")?.remove();
  const field = refusal.field ? form.elements.namedItem(refusal.field) : null;
  const line = document.createElement("p");
  line.className = "err refusal";
  line.id = `refusal-${refusal.field || "form"}`;
  line.setAttribute("role", "alert");
  line.textContent = refusal.sentence;
  if (field instanceof HTMLElement) {
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", line.id);
    (field.closest("markdown-editor, label.chk") ?? field).after(line);
    field.focus();
  } else {
    form.prepend(line);
    line.scrollIntoView({ block: "nearest" });
  }
}

function parsed(text: string): Document {
  return new DOMParser().parseFromString(text, "text/html");
}
