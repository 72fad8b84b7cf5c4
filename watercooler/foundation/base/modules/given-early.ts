import { filesSettled, UNSENT, type Sending } from "./sending-files.ts";

/** What a paste or a drop brings, but for words copied from a sheet, which come with a picture of themselves. */
export function filesIn(event: ClipboardEvent | DragEvent): File[] {
  const data = "clipboardData" in event ? event.clipboardData : event.dataTransfer;
  const isWords = "clipboardData" in event && data?.types.includes("text/html") && data.getData("text/plain").trim();
  return isWords ? [] : [...(data?.files ?? [])];
}

const LATE = ["markdown-editor", "file-field"].map((tag) => `${tag}:not([data-ready])`).join();
const MOST_MS = 10_000;

/** Keeps files given to a form whose modules have not come yet, and gives them again then. */
async function keep(event: ClipboardEvent | DragEvent): Promise<void> {
  const target = event.target as Element;
  const form = target.closest("form");
  const late = [...(form?.querySelectorAll(LATE) ?? [])];
  const files = filesIn(event);
  if (form === null || late.length === 0 || files.length === 0) return;
  event.preventDefault();
  const modules = Promise.all(late.map((field) => customElements.whenDefined(field.localName)));
  const given = modules.then(() => giveAgain(target, event.type, files));
  goAlong(form, files, given);
  await given;
}

/** Sent before, the form waits for them a while; then they go along, as those that found no signal. */
function goAlong(form: HTMLFormElement, files: File[], given: Promise<void>): void {
  const until = new AbortController();
  const { signal } = until;
  const arrived = given.then(() => {
    until.abort();
    return filesSettled(form);
  });
  const wait = (event: Event): void => {
    const enough = new Promise((resolve) => setTimeout(resolve, MOST_MS));
    if (navigator.onLine) (event as Sending).detail.waits.push(Promise.race([arrived, enough]));
  };
  form.addEventListener("watercooler:sending", wait, { signal });
  form.addEventListener("formdata", (event) => files.forEach((file) => event.formData.append(UNSENT, file)), {
    signal,
  });
}

function giveAgain(target: Element, type: string, files: File[]): void {
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  const again = { bubbles: true, cancelable: true, clipboardData: data, dataTransfer: data };
  target.dispatchEvent(type === "paste" ? new ClipboardEvent("paste", again) : new DragEvent("drop", again));
}

/** A browser drops files only where somebody said before that they may be. */
function mayCome(event: DragEvent): void {
  const isLate = (event.target as Element).closest("form")?.querySelector(LATE) ?? null;
  if (isLate && event.dataTransfer?.types.includes("Files")) event.preventDefault();
}

// Before any other hears of them: what is kept here is taken by nobody else.
document.addEventListener("paste", (event) => void keep(event), true);
document.addEventListener("drop", (event) => void keep(event), true);
document.addEventListener("dragover", mayCome, true);
