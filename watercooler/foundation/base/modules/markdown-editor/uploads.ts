import { refusalIn } from "../answer.ts";
import { made } from "../icon.ts";
import { _ } from "../words.ts";
import { askAlt } from "./alt-words.ts";
import { put, type Field } from "./writing.ts";

interface Attached {
  id: number;
  url: string;
  markdown: string;
}

/** Sends files to be attached, shows how far they are, writes them into the text, and asks what a picture shows. */
export class Uploads {
  readonly rows = made("div", "uploads");

  constructor(readonly field: Field) {
    this.rows.setAttribute("role", "status");
    field.addEventListener("paste", (event) => this.#given(event, event.clipboardData));
    field.addEventListener("drop", (event) => this.#given(event, event.dataTransfer));
    field.addEventListener("dragover", (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
  }

  #given(event: Event, data: DataTransfer | null): void {
    const files = [...(data?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.send(files);
  }

  send(files: Iterable<File>): void {
    for (const file of files) this.#sendOne(file);
  }

  /** fetch() cannot tell how much has been sent; XMLHttpRequest can. */
  #sendOne(file: File): void {
    const { row, words, bar } = this.#row(file.name);
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("file", file);
    request.open("POST", "/attachments");
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => bar.style.setProperty("--v", String((100 * event.loaded) / event.total));
    request.onload = () => {
      if (request.status >= 400) return this.#fail(row, words, file, sentenceIn(request.responseText));
      row.remove();
      this.#write(file, JSON.parse(request.responseText) as Attached);
    };
    request.onerror = () => this.#fail(row, words, file, _("No signal. The file is not sent yet."));
    request.send(body);
    this.field.form?.addEventListener("reset", () => request.abort(), { once: true });
  }

  #row(name: string): { row: HTMLElement; words: HTMLElement; bar: HTMLElement } {
    const bar = made("span", "bar-p", made("i", ""));
    const words = made("small", "", _("Sending"));
    const row = made("div", "way", made("div", "grow", made("b", "md", name), words, bar));
    this.rows.append(row);
    return { row, words, bar };
  }

  #fail(row: HTMLElement, words: HTMLElement, file: File, sentence: string): void {
    row.classList.add("fail");
    words.textContent = sentence;
    const again = made("button", "btn sm", _("Try again"));
    again.type = "button";
    again.onclick = () => {
      row.remove();
      this.#sendOne(file);
    };
    const leave = made("button", "btn sm ghost", _("Leave it out"));
    leave.type = "button";
    leave.onclick = () => row.remove();
    row.append(again, leave);
  }

  #write(file: File, attached: Attached): void {
    const { selectionEnd: at, value } = this.field;
    const before = at > 0 && value[at - 1] !== "\n" ? "\n" : "";
    put(this.field, at, at, `${before}${attached.markdown}\n`);
    if (file.type.startsWith("image/")) this.rows.append(askAlt(this.field, file.name, attached.markdown));
  }
}

function sentenceIn(text: string): string {
  try {
    return (JSON.parse(text) as { message: string }).message;
  } catch {
    return refusalIn(text)?.sentence ?? _("This file cannot be attached.");
  }
}
