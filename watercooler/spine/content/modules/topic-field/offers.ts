import { made } from "@base/icon.ts";
import { _, counted } from "@base/words.ts";

interface Option {
  value: string;
  label: string;
}

const PAUSE_MS = 120;

/** The list below a field with topics whose names go on as typed: arrows choose, Enter takes, Escape leaves. */
export class Offers {
  readonly list = made("ul", "offers");
  readonly status = made("p", "vh");
  #timer = 0;

  constructor(
    readonly typing: HTMLInputElement,
    readonly take: (name: string) => void,
  ) {
    this.list.id = `${typing.id}-offers`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", _("Topics"));
    this.status.setAttribute("role", "status");
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
    })) {
      typing.setAttribute(name, value);
    }
    typing.setAttribute("aria-controls", this.list.id);
    typing.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => void this.#ask(), PAUSE_MS);
    });
    typing.addEventListener("keydown", (event) => this.#key(event));
    typing.addEventListener("blur", () => setTimeout(() => this.#show([]), 200));
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.#choose((event.target as Element).closest<HTMLElement>("[role='option']"));
    });
  }

  async #ask(): Promise<void> {
    const typed = this.typing.value.trim();
    if (typed === "") return this.#show([]);
    const query = new URLSearchParams({ kind: "topic", q: typed });
    const answer = await fetch(`/complete?${query}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || this.typing.value.trim() !== typed) return;
    this.#show(((await answer.json()) as Option[]).slice(0, 6));
  }

  #show(options: Option[]): void {
    this.list.replaceChildren(...options.map((option, at) => row(option, `${this.list.id}-${at}`)));
    this.list.hidden = options.length === 0;
    this.typing.setAttribute("aria-expanded", String(options.length > 0));
    this.typing.removeAttribute("aria-activedescendant");
    this.status.textContent = options.length
      ? counted("{count} suggestion", "{count} suggestions", options.length)
      : "";
  }

  #choose(chosen: HTMLElement | null | undefined): void {
    if (!chosen) return;
    this.take(chosen.textContent);
    this.#show([]);
  }

  #key(event: KeyboardEvent): void {
    const rows = [...this.list.children] as HTMLElement[];
    if (event.isComposing || rows.length === 0) return;
    const at = rows.findIndex((each) => each.getAttribute("aria-selected") === "true");
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined)
      this.#mark(rows, at === -1 && by < 0 ? rows.length - 1 : (at + by + rows.length) % rows.length);
    else if (event.key === "Escape") this.#show([]);
    else if (event.key === "Enter" && at !== -1) this.#choose(rows[at]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #mark(rows: HTMLElement[], at: number): void {
    rows.forEach((each, other) => each.setAttribute("aria-selected", String(other === at)));
    this.typing.setAttribute("aria-activedescendant", rows[at]?.id ?? "");
  }
}

function row(option: Option, id: string): HTMLElement {
  const line = made("li", "opt", option.label);
  line.id = id;
  line.setAttribute("role", "option");
  line.setAttribute("aria-selected", "false");
  return line;
}
