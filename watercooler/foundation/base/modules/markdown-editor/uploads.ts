import type { Attached } from "../sending-files.ts";
import { askAlt } from "./alt-words.ts";
import { Place } from "./place.ts";
import { onFilesGiven, UploadList } from "./upload-list.ts";
import type { Field } from "./writing.ts";

/** Sends files to be attached, shows how far they are, writes them into the text, and asks what a picture shows. */
export class Uploads {
  readonly #list: UploadList;

  constructor(readonly field: Field) {
    const { form } = field;
    this.#list = new UploadList(form);
    // Beside the text, files of a form with a field for them go there.
    const isOurs = (target: Element): boolean =>
      target.closest("markdown-editor") !== null || form?.querySelector("file-field") === null;
    onFilesGiven(form ?? field, isOurs, (files) => this.send(files));
  }

  get rows(): HTMLElement {
    return this.#list.rows;
  }

  send(files: Iterable<File>): void {
    const place = new Place(this.field);
    this.#list.send(files, (attached, file) => this.#write(place, attached, file.name));
  }

  #write(place: Place, attached: Attached, name: string): void {
    place.put(`${attached.markdown}\n`);
    if (!attached.is_picture) return;
    const row = askAlt(this.field, name, attached);
    const asked = this.rows.contains(document.activeElement);
    this.rows.append(row);
    if (!asked && !place.isTypedOn) row.querySelector("input")?.focus();
  }
}
