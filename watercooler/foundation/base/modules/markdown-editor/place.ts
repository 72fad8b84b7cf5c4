import { put, type Field } from "./writing.ts";

/** A place in a text that stays where it is while somebody types on before it or after it. */
export class Place {
  /** Whether anything was typed since: then nothing may take the focus away. */
  isTypedOn = false;
  #at: number;
  #text: string;
  #isPutting = false;

  constructor(readonly field: Field) {
    this.#at = field.selectionEnd;
    this.#text = field.value;
    field.addEventListener("input", () => this.#follow());
  }

  #follow(): void {
    const old = this.#text;
    this.#text = this.field.value;
    if (this.#isPutting) return;
    this.isTypedOn = true;
    let same = 0;
    while (same < this.#at && old[same] === this.#text[same]) same++;
    if (same < this.#at) this.#at = Math.max(same, this.#at + this.#text.length - old.length);
  }

  /** Puts lines here. Who writes elsewhere meanwhile keeps their caret and their focus. */
  put(lines: string): void {
    const { field } = this;
    const at = Math.min(this.#at, field.value.length);
    const text = at > 0 && field.value[at - 1] !== "\n" ? `\n${lines}` : lines;
    const { selectionStart, selectionEnd } = field;
    const focused = document.activeElement;
    const moved = (offset: number): number =>
      offset > at || (offset === at && !this.isTypedOn) ? offset + text.length : offset;
    this.#isPutting = true;
    put(field, at, at, text);
    this.#isPutting = false;
    this.#text = field.value;
    this.#at = at + text.length;
    field.setSelectionRange(moved(selectionStart), moved(selectionEnd));
    if (focused instanceof HTMLElement && focused !== field && focused !== document.body) focused.focus();
  }
}
