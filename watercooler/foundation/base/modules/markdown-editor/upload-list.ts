import { filesIn } from "../given-early.ts";
import { made } from "../icon.ts";
import { UNSENT, type Attached, type Sending } from "../sending-files.ts";
import { Upload } from "./upload.ts";

/** The files of a form that are on their way. What is written with them waits for them; without signal they go with it.
 *
 * `take` is called for each that arrived, in the order in which they were given.
 */
export class UploadList {
  readonly rows = made("div", "uploads");
  #uploads: Upload[] = [];
  #taken: Promise<void> = Promise.resolve();

  constructor(form: HTMLFormElement | null) {
    this.rows.setAttribute("role", "status");
    form?.addEventListener("watercooler:sending", (event) => (event as Sending).detail.waits.push(this.#settled()));
    form?.addEventListener("formdata", ({ formData }) => {
      for (const { file } of this.#unreached()) formData.append(UNSENT, file);
    });
    form?.addEventListener("reset", () => this.#clear());
  }

  send(files: Iterable<File>, take: (attached: Attached, file: File) => void): void {
    for (const file of files) {
      const again = (): void => {
        upload.send();
        this.#takeInTurn(upload, take);
      };
      const upload: Upload = new Upload(file, again, this.#uploads.at(-1)?.done ?? Promise.resolve());
      this.#uploads.push(upload);
      this.rows.append(upload.row);
      this.#takeInTurn(upload, take);
    }
  }

  #takeInTurn(upload: Upload, take: (attached: Attached, file: File) => void): void {
    this.#taken = this.#taken.then(async () => {
      await upload.done;
      if (upload.attached) take(upload.attached, upload.file);
      upload.attached = null;
    });
  }

  #unreached(): Upload[] {
    return this.#uploads.filter((upload) => upload.fate === "unreached");
  }

  async #settled(): Promise<void> {
    if (navigator.onLine) this.#unreached().forEach((upload) => upload.again());
    await this.#taken;
  }

  #clear(): void {
    this.#uploads.forEach((upload) => upload.leave());
    this.#uploads = [];
  }
}

/** Calls `given` with what is pasted or dropped on an element; `isOurs` says of whose fields. */
export function onFilesGiven(
  element: HTMLElement,
  isOurs: (target: Element) => boolean,
  given: (files: File[]) => void,
): void {
  const take = (event: ClipboardEvent | DragEvent): void => {
    const files = filesIn(event);
    if (files.length === 0 || event.defaultPrevented || !isOurs(event.target as Element)) return;
    event.preventDefault();
    given(files);
  };
  element.addEventListener("paste", take);
  element.addEventListener("drop", take);
  element.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files") && isOurs(event.target as Element)) event.preventDefault();
  });
}
