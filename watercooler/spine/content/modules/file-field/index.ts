import { refusalIn } from "@base/answer.ts";
import { _ } from "@base/words.ts";
import { row, type Attached } from "./thumb.ts";

/** Sends files as soon as they are chosen, shows them small, and asks what a picture shows.
 *
 * Without script the files travel with the form. With script but no signal they stay in the field and travel with it too.
 */
class FileField extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector<HTMLInputElement>("input[type='file']");
    if (input === null || this.dataset["ready"] !== undefined) return;
    this.dataset["ready"] = "";
    input.addEventListener("change", () => void this.#sendAll(input));
    for (const button of this.querySelectorAll<HTMLButtonElement>("[data-take-off]")) button.hidden = false;
    this.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-take-off]");
      const row = button?.closest<HTMLElement>("[data-file]");
      if (row) void this.#takeOff(row);
    });
  }

  get #list(): HTMLElement {
    return this.querySelector<HTMLElement>("[data-files]") as HTMLElement;
  }

  #say(sentence: string): void {
    const line = this.querySelector("[data-files-say]");
    if (line) line.textContent = sentence;
  }

  async #sendAll(input: HTMLInputElement): Promise<void> {
    if (!navigator.onLine) return this.#say(_("No signal. They will go with your post."));
    const kept = new DataTransfer();
    const files = [...(input.files ?? [])];
    this.#say(files.length ? _("Sending") : "");
    let refused = "";
    for (const file of files) {
      const outcome = await sent(file);
      if (outcome === null) kept.items.add(file);
      else if (typeof outcome === "string") refused = `${file.name}: ${outcome}`;
      else this.#list.append(row(outcome));
    }
    input.files = kept.files;
    this.#say(refused || (kept.files.length ? _("No signal. They will go with your post.") : ""));
    this.#list.querySelector<HTMLElement>("[data-file]:last-child .thumb__alt input")?.focus();
  }

  /** What hangs on an item already goes when the form is saved; what was only sent goes at once. */
  async #takeOff(row: HTMLElement): Promise<void> {
    const box = row.querySelector<HTMLInputElement>("input[name='take_off']");
    if (box) {
      box.checked = true;
      row.hidden = true;
      return;
    }
    row.remove();
    await fetch(`/attachments/${row.dataset["file"]}/undo`, { method: "POST" }).catch(() => null);
  }
}

/** Returns what was kept, a sentence if it was refused, or null if it could not be delivered. */
async function sent(file: File): Promise<Attached | string | null> {
  const body = new FormData();
  body.append("file", file);
  const answer = await fetch("/attachments", { method: "POST", body, headers: { Accept: "application/json" } }).catch(
    () => null,
  );
  if (answer === null) return null;
  const text = await answer.text();
  if (answer.ok) return JSON.parse(text) as Attached;
  try {
    return (JSON.parse(text) as { message: string }).message;
  } catch {
    return refusalIn(text)?.sentence ?? _("This file cannot be attached.");
  }
}

customElements.define("file-field", FileField);
