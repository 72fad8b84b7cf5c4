import { onFilesGiven, UploadList } from "@base/markdown-editor/upload-list.ts";
import type { Attached } from "@base/sending-files.ts";
import { row } from "./thumb.ts";

/** Sends files as soon as they are chosen, pasted or dropped, shows them small, and asks what a picture shows.
 *
 * Without script the files travel with the form. Without signal they wait, and travel with it too.
 */
class FileField extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector<HTMLInputElement>("input[type='file']");
    if (input === null || this.dataset["ready"] !== undefined) return;
    this.dataset["ready"] = "";
    const uploads = new UploadList(input.form);
    const send = (files: File[]): void => uploads.send(files, (file) => this.#show(file));
    const sendChosen = (): void => {
      const files = [...(input.files ?? [])];
      input.value = "";
      send(files);
    };
    this.querySelector("[data-files-say]")?.replaceWith(uploads.rows);
    input.addEventListener("change", sendChosen);
    sendChosen(); // what was chosen before this module came
    // What is given to an editor goes into its text.
    const isOurs = (target: Element): boolean => this.isConnected && target.closest("markdown-editor") === null;
    if (input.form) onFilesGiven(input.form, isOurs, send);
    input.form?.addEventListener("reset", () => {
      for (const sent of this.querySelectorAll("[data-file]:has([name='attachments'])")) sent.remove();
    });
    for (const button of this.querySelectorAll<HTMLButtonElement>("[data-take-off]")) button.hidden = false;
    this.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-take-off]");
      const row = button?.closest<HTMLElement>("[data-file]");
      if (row) void this.#takeOff(row);
    });
  }

  /** The focus goes to what a picture shows, unless somebody writes meanwhile. */
  #show(file: Attached): void {
    const line = row(file);
    this.querySelector("[data-files]")?.append(line);
    const isWriting = document.activeElement?.matches("textarea, input:not([type='file'])");
    if (!isWriting) line.querySelector<HTMLElement>(".thumb__alt input")?.focus();
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

customElements.define("file-field", FileField);
