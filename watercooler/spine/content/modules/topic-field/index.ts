import { icon, made } from "@base/icon.ts";
import { _ } from "@base/words.ts";
import { Offers } from "./offers.ts";

/** Turns a field of names with commas between into chips, with topics that exist offered while typing.
 *
 * The field itself is kept, hidden, and holds what is sent; without script it is what people type into.
 */
class TopicField extends HTMLElement {
  readonly #typing = made("input", "in");
  readonly #chips = made("ul", "chosen");
  #field = made("input", "");

  connectedCallback(): void {
    const field = this.querySelector("input");
    if (field === null || this.dataset["ready"] !== undefined) return;
    this.dataset["ready"] = "";
    this.#field = field;
    this.#takeOver(field);
    const offers = new Offers(this.#typing, (name) => this.#take(name));
    this.#chips.setAttribute("aria-label", _("Chosen topics"));
    this.append(this.#chips, this.#typing, offers.list, offers.status);
    this.#typing.addEventListener("input", () => {
      if (/[,;\n]/.test(this.#typing.value)) this.#take(this.#typing.value);
    });
    this.#typing.addEventListener("keydown", (event) => this.#key(event));
    this.#typing.addEventListener("blur", () => setTimeout(() => this.#take(this.#typing.value), 150));
    this.#draw();
  }

  /** Lends the typing field the name by which label, hint and error know the real one. */
  #takeOver(field: HTMLInputElement): void {
    Object.assign(this.#typing, { id: field.id, autocomplete: "off", placeholder: field.placeholder, maxLength: 60 });
    this.#typing.enterKeyHint = "done";
    for (const name of ["aria-describedby", "aria-invalid"]) {
      const value = field.getAttribute(name);
      if (value !== null) this.#typing.setAttribute(name, value);
    }
    field.removeAttribute("id");
    field.type = "hidden";
  }

  get #names(): string[] {
    return parts(this.#field.value);
  }

  #keep(names: string[]): void {
    this.#field.value = names.join(", ");
    this.#draw();
  }

  #draw(): void {
    this.#chips.replaceChildren(...this.#names.map((name) => this.#chip(name)));
    this.#chips.hidden = this.#names.length === 0;
  }

  #chip(name: string): HTMLElement {
    const button = made("button", "topic", name, icon("x"));
    button.type = "button";
    button.setAttribute("aria-label", _("Take {name} off", { name }));
    button.onclick = () => {
      this.#keep(this.#names.filter((other) => other !== name));
      this.#typing.focus();
    };
    return made("li", "", button);
  }

  #take(typed: string): void {
    const names = this.#names;
    for (const name of parts(typed)) {
      if (!names.some((other) => other.toLowerCase() === name.toLowerCase())) names.push(name);
    }
    this.#typing.value = "";
    this.#keep(names);
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing || event.defaultPrevented) return;
    if (event.key === "Enter" && this.#typing.value.trim() !== "") {
      event.preventDefault();
      this.#take(this.#typing.value);
    } else if (event.key === "Backspace" && this.#typing.value === "") this.#keep(this.#names.slice(0, -1));
  }
}

const parts = (text: string): string[] =>
  text
    .split(/[,;\n]|(?:^|\s)#/)
    .map((name) => name.trim())
    .filter(Boolean);

customElements.define("topic-field", TopicField);
