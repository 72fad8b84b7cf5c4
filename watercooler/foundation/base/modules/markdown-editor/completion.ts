import { made } from "../icon.ts";
import { counted } from "../words.ts";
import { caretBox } from "./caret.ts";
import { row, type Option } from "./offer.ts";
import { put, type Field } from "./writing.ts";

const PAUSE_MS = 120;
const MOST = 6;
const BEGUN = /(?:^|[\s(])([@#])([\p{L}\p{N}._-]{1,40})$/u;

/** Offers people after @ and topics after #, in a list at the caret. Arrows choose, Enter takes, Escape leaves. */
export class Completion {
  readonly list = made("ul", "offers");
  readonly status = made("p", "vh");
  #options: Option[] = [];
  #at = 0;
  #timer = 0;

  constructor(readonly field: Field) {
    this.list.id = `${field.id || field.name}-offers`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", field.getAttribute("aria-label") ?? "");
    this.status.setAttribute("role", "status");
    field.setAttribute("aria-autocomplete", "list");
    field.addEventListener("input", () => this.#plan());
    field.addEventListener("keydown", (event) => this.#key(event));
    field.addEventListener("blur", () => setTimeout(() => this.#close(), 150));
    this.list.addEventListener("pointerdown", (event) => this.#click(event));
  }

  #begun(): RegExpExecArray | null {
    return BEGUN.exec(this.field.value.slice(0, this.field.selectionStart));
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (this.#begun() === null) this.#close();
    else this.#timer = window.setTimeout(() => void this.#ask(), PAUSE_MS);
  }

  async #ask(): Promise<void> {
    const begun = this.#begun();
    if (begun === null) return;
    const [, sign, typed = ""] = begun;
    const query = new URLSearchParams({ kind: sign === "@" ? "person" : "topic", q: typed });
    const answer = await fetch(`/complete?${query}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || this.#begun()?.[2] !== typed) return;
    this.#show(((await answer.json()) as Option[]).slice(0, MOST));
  }

  #show(options: Option[]): void {
    this.#options = options;
    if (options.length === 0) return this.#close();
    this.list.replaceChildren(...options.map((option, at) => row(option, `${this.list.id}-${at}`)));
    const { left, bottom } = caretBox(this.field);
    this.list.style.insetInlineStart = `${left}px`;
    this.list.style.insetBlockStart = `${bottom}px`;
    this.list.hidden = false;
    this.field.setAttribute("aria-controls", this.list.id);
    this.status.textContent = counted("{count} suggestion", "{count} suggestions", options.length);
    this.#mark(0);
  }

  #mark(at: number): void {
    this.#at = at;
    [...this.list.children].forEach((row, other) => row.setAttribute("aria-selected", String(other === at)));
    this.field.setAttribute("aria-activedescendant", `${this.list.id}-${at}`);
  }

  #key(event: KeyboardEvent): void {
    if (this.list.hidden || event.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) this.#mark((this.#at + by + this.#options.length) % this.#options.length);
    else if (event.key === "Enter" || event.key === "Tab") this.#take(this.#at);
    else if (event.key === "Escape") this.#close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #click(event: PointerEvent): void {
    const row = (event.target as Element).closest<HTMLElement>("[role='option']");
    if (row === null) return;
    event.preventDefault();
    this.#take(Number(row.id.split("-").at(-1)));
  }

  #take(at: number): void {
    const begun = this.#begun();
    const option = this.#options[at];
    if (begun && option) {
      const end = this.field.selectionStart;
      put(this.field, end - (begun[2] ?? "").length, end, `${option.value} `);
    }
    this.#close();
  }

  #close(): void {
    this.list.hidden = true;
    this.field.removeAttribute("aria-activedescendant");
  }
}
