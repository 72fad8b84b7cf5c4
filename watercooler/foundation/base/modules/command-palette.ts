import { icon, made } from "./icon.ts";
import { isTyping } from "./in-field.ts";
import { rows } from "./palette-lines.ts";
import { suggest, type Choice } from "./suggestions.ts";
import { _, counted } from "./words.ts";

const PAUSE_MS = 120;

/** Search and commands in one box: results first, people second, actions last. Ctrl or Cmd K, or /.
 *
 * A combobox over a listbox. Without script the search field of the top bar does the same job by a page.
 */
class CommandPalette extends HTMLElement {
  #dialog = made("dialog", "pal");
  #input = made("input", "");
  #list = made("div", "");
  #status = made("p", "vh");
  #choices: Choice[] = [];
  #at = 0;
  #timer = 0;

  connectedCallback(): void {
    document.addEventListener("keydown", (event) => {
      const isChord = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
      const isSlash = event.key === "/" && !isTyping(event) && localStorage.getItem("shortcuts") !== "off";
      if (isChord || isSlash) this.#open(event);
    });
    document.addEventListener("click", (event) => {
      if ((event.target as Element).closest("a[data-find]")) this.#open(event);
    });
  }

  #open(event: Event): void {
    event.preventDefault();
    if (this.#dialog.open) return;
    if (!this.#dialog.isConnected) this.#build();
    this.#dialog.showModal();
    this.#input.select();
    void this.#ask();
  }

  #build(): void {
    const { dialog, input, list } = { dialog: this.#dialog, input: this.#input, list: this.#list };
    dialog.setAttribute("aria-label", _("Search and commands"));
    Object.assign(input, { type: "text", autocomplete: "off", placeholder: _("Search, or ask who knows about…") });
    const aria = {
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": "palette-list",
      "aria-autocomplete": "list",
    };
    for (const [name, value] of Object.entries(aria)) input.setAttribute(name, value);
    input.setAttribute("aria-label", _("Search or command"));
    list.id = "palette-list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", _("Results"));
    this.#status.setAttribute("role", "status");
    const keys = made(
      "footer",
      "",
      made("span", "", made("kbd", "", "↑"), made("kbd", "", "↓"), _("move")),
      made("span", "", made("kbd", "", "Enter"), _("open")),
      made("span", "", made("kbd", "", "?"), _("all shortcuts")),
    );
    const close = made("button", "ib", made("kbd", "", "Esc"), icon("x"));
    close.ariaLabel = _("Close");
    close.onclick = () => dialog.close();
    dialog.append(made("div", "q", icon("search"), input, close), list, this.#status, keys);
    input.oninput = () => {
      clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => void this.#ask(), PAUSE_MS);
    };
    input.onkeydown = (event) => this.#key(event);
    dialog.onclick = (event) => this.#click(event);
    this.append(dialog);
  }

  #key(event: KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) this.#mark((this.#at + by + this.#choices.length) % (this.#choices.length || 1));
    else if (event.key === "Enter" && !event.isComposing) this.#take(this.#choices[this.#at]);
    else return;
    event.preventDefault();
  }

  #click(event: MouseEvent): void {
    const option = (event.target as Element).closest<HTMLElement>("[role='option']");
    if (option) this.#take(this.#choices[Number(option.dataset["at"])]);
    else if (event.target === this.#dialog) this.#dialog.close();
  }

  #take(choice: Choice | undefined): void {
    location.assign(choice?.url ?? `/search?q=${encodeURIComponent(this.#input.value)}`);
  }

  async #ask(): Promise<void> {
    const asked = this.#input.value;
    const choices = await suggest(asked);
    if (asked !== this.#input.value) return;
    this.#choices = choices;
    this.#list.replaceChildren(...rows(choices));
    this.#status.textContent = counted("{count} result", "{count} results", choices.length);
    this.#mark(0);
  }

  #mark(at: number): void {
    this.#at = at;
    for (const row of this.#list.querySelectorAll<HTMLElement>("[role='option']")) {
      const isMarked = row.dataset["at"] === String(at);
      row.setAttribute("aria-selected", String(isMarked));
      if (isMarked) row.scrollIntoView({ block: "nearest" });
    }
    if (this.#choices.length) this.#input.setAttribute("aria-activedescendant", `palette-${at}`);
    else this.#input.removeAttribute("aria-activedescendant");
  }
}

customElements.define("command-palette", CommandPalette);
