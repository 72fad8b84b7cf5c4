import { cameFromOurs, draft, forgetDraft, forgetSent, keepDraft, type Draft } from "./drafts.ts";
import { baseOf, kept, keyOf, type Field } from "./draft-field.ts";
import { whose } from "./whose.ts";
import { _ } from "./words.ts";

/** Keeps what is being written: on the device every two seconds, on the server when the field has a key.
 *
 * Every <textarea> of a posting form is kept, and every <input data-draft>. `data-no-draft` leaves one alone.
 */
const DEVICE_MS = 2000;
const SERVER_MS = 5000;
const FIELDS = "form[method='post'] textarea:not([data-no-draft], [readonly]), input[data-draft]";
const timers = new WeakMap<Field, [device: number, server: number]>();

/** Keeps what is in a field. A change that was taken back is none. */
function keep(field: Field): void {
  if (baseOf(field) && field.value === field.defaultValue) forgetDraft(keyOf(field));
  else keepDraft(keyOf(field), kept(field));
}

/** Keeps a field at once, if nothing of it has been sent. */
export function keepNow(field: Field): void {
  if (!draft(keyOf(field))?.sent) keep(field);
}

/** Returns the kept fields of a part that hold something the server does not know yet. */
export function typedIn(root: ParentNode): Field[] {
  const fields = [...root.querySelectorAll<Field>(FIELDS)];
  return fields.filter((field) => field.value !== field.defaultValue && !draft(keyOf(field))?.sent);
}

function tell(field: Field, sentence: string): void {
  const line = field.form?.querySelector("[data-draft-state]");
  if (line) line.textContent = sentence;
}

async function keepOnServer(field: Field): Promise<void> {
  const text = field.value;
  const url = `/drafts/${encodeURIComponent(field.dataset["draft"] ?? "")}`;
  const body = new FormData();
  body.append("text", text);
  try {
    const answer = await fetch(url, { method: "PUT", body, headers: whose });
    if (answer.ok) tell(field, _("Draft saved"));
    if (answer.ok && !draft(keyOf(field))?.sent) keepDraft(keyOf(field), { ...kept(field), known: text });
  } catch {
    tell(field, _("Draft saved on this device"));
  }
}

function onInput(field: Field): void {
  const [device, server] = timers.get(field) ?? [0, 0];
  clearTimeout(server);
  const next =
    device ||
    window.setTimeout(() => {
      timers.set(field, [0, timers.get(field)?.[1] ?? 0]);
      keep(field);
      tell(field, _("Draft saved on this device"));
    }, DEVICE_MS);
  const later = field.dataset["draft"] ? window.setTimeout(() => void keepOnServer(field), SERVER_MS) : 0;
  timers.set(field, [next, later]);
}

/** Brings drafts back: into what is empty, and into the text that they change. A change keeps the version it began
 * from, so that saving it shows what somebody saved since.
 */
export function restore(root: ParentNode): void {
  for (const field of root.querySelectorAll<Field>(FIELDS)) {
    const found = draft(keyOf(field));
    const base = baseOf(field);
    const isChange = base !== null && found?.base !== undefined && field.value === field.defaultValue;
    if (found === null || found.sent || (field.value.trim() !== "" && !isChange)) continue;
    if (isChange && found.base !== undefined) base.value = found.base;
    field.value = found.text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    tell(field, _("Your draft is back"));
  }
}

function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.querySelectorAll<Field>("textarea, input[data-draft]")];
}

/** Returns what is in the form's kept fields, by the key under which a draft of it is found again. */
export function draftsOf(form: HTMLFormElement): [key: string, draft: Draft][] {
  return fieldsOf(form).map((field) => [keyOf(field), kept(field)]);
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
    forgetDraft(keyOf(field));
  }
}

document.addEventListener("input", (event) => {
  if ((event.target as Element).matches(FIELDS)) onInput(event.target as Field);
});
document.addEventListener("submit", (event) => {
  for (const field of fieldsOf(event.target as HTMLFormElement)) {
    timers.get(field)?.forEach(clearTimeout);
    timers.delete(field);
    if (field.matches(FIELDS)) keepDraft(keyOf(field), { ...kept(field), sent: true });
  }
});
addEventListener("pagehide", () => {
  for (const field of document.querySelectorAll<Field>(FIELDS)) if (timers.get(field)?.[0]) keep(field);
});

forgetSent(!cameFromOurs() || document.querySelector("[data-refused], [aria-invalid='true']") !== null);
restore(document);
document.addEventListener("htmx:after:swap", (event) => restore((event.target as Element | null) ?? document));
