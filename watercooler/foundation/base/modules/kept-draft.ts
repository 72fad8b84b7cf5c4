import { _ } from "./words.ts";

/** Keeps what is being written: on the device two seconds after a pause at most, on the server when the field has a key.
 *
 * Every <textarea> of a posting form is kept, and every <input data-draft>. `data-no-draft` leaves one alone.
 */
type Field = HTMLTextAreaElement | HTMLInputElement;
interface Kept {
  text: string;
  sent?: true;
}

const DEVICE_MS = 2000;
const SERVER_MS = 5000;
const FIELDS = "form[method='post'] textarea:not([data-no-draft], [readonly]), input[data-draft]";
const person = document.body.dataset["person"] ?? "0";
const timers = new WeakMap<Field, [device: number, server: number]>();

function keyOf(field: Field): string {
  return `draft:${person}:${field.dataset["draft"] ?? `${field.form?.getAttribute("action") ?? location.pathname}:${field.name}`}`;
}

function kept(key: string): Kept | null {
  const text = localStorage.getItem(key);
  return text === null ? null : (JSON.parse(text) as Kept);
}

/** Keeps the text, or forgets it if there is none. */
function keep(field: Field, more: Partial<Kept> = {}): void {
  if (field.value.trim() === "") localStorage.removeItem(keyOf(field));
  else localStorage.setItem(keyOf(field), JSON.stringify({ text: field.value, ...more }));
}

function tell(field: Field, sentence: string): void {
  const line = field.form?.querySelector("[data-draft-state]");
  if (line) line.textContent = sentence;
}

async function keepOnServer(field: Field): Promise<void> {
  const body = new FormData();
  body.append("text", field.value);
  try {
    const answer = await fetch(`/drafts/${encodeURIComponent(field.dataset["draft"] ?? "")}`, { method: "PUT", body });
    if (answer.ok) tell(field, _("Draft saved"));
  } catch {
    tell(field, _("Draft saved on this device"));
  }
}

function onInput(field: Field): void {
  const [device, server] = timers.get(field) ?? [0, 0];
  clearTimeout(server);
  const next = device || window.setTimeout(() => {
    timers.set(field, [0, timers.get(field)?.[1] ?? 0]);
    keep(field);
    tell(field, _("Draft saved on this device"));
  }, DEVICE_MS);
  const later = field.dataset["draft"] ? window.setTimeout(() => void keepOnServer(field), SERVER_MS) : 0;
  timers.set(field, [next, later]);
}

function restore(root: ParentNode): void {
  for (const field of root.querySelectorAll<Field>(FIELDS)) {
    const draft = kept(keyOf(field));
    if (draft === null || field.value.trim() !== "") continue;
    field.value = draft.text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    tell(field, _("Your draft is back"));
  }
}

/** A draft that was sent is forgotten by the next page, unless that page says the server refused it. */
function forgetSent(): void {
  const wasRefused = document.querySelector("[data-refused], [aria-invalid='true']") !== null;
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith("draft:"))) {
    const draft = kept(key);
    if (draft?.sent && wasRefused) localStorage.setItem(key, JSON.stringify({ text: draft.text }));
    else if (draft?.sent) localStorage.removeItem(key);
  }
}

function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.querySelectorAll<Field>("textarea, input[data-draft]")];
}

/** Returns what is in the form's kept fields, by the key under which a draft of it is found again. */
export function draftsOf(form: HTMLFormElement): [key: string, text: string][] {
  return fieldsOf(form).map((field) => [keyOf(field), field.value]);
}

/** Puts a text where its field will find it. */
export function putBack(key: string, text: string): void {
  localStorage.setItem(key, JSON.stringify({ text }));
}

/** The server refused the form: what is in it is a draft again. */
export function keepAgain(form: HTMLFormElement): void {
  for (const field of fieldsOf(form)) if (field.matches(FIELDS)) keep(field);
}

/** The form arrived: nothing of it needs keeping. */
export function forget(form: HTMLFormElement): void {
  for (const field of fieldsOf(form)) {
    timers.get(field)?.forEach(clearTimeout);
    timers.delete(field);
    localStorage.removeItem(keyOf(field));
  }
}

document.addEventListener("input", (event) => {
  if ((event.target as Element).matches(FIELDS)) onInput(event.target as Field);
});
document.addEventListener("submit", (event) => {
  for (const field of fieldsOf(event.target as HTMLFormElement)) {
    timers.get(field)?.forEach(clearTimeout);
    timers.delete(field);
    if (field.matches(FIELDS)) keep(field, { sent: true });
  }
});
addEventListener("pagehide", () => {
  for (const field of document.querySelectorAll<Field>(FIELDS)) if (timers.get(field)?.[0]) keep(field);
});

forgetSent();
restore(document);
document.addEventListener("htmx:after:swap", (event) => restore((event.target as Element | null) ?? document));
