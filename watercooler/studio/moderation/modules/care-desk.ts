/** Gives the care desk its keys, and each choice the note that goes with it as long as nobody has changed it. */
class CareDesk extends HTMLElement {
  #choices: HTMLInputElement[] = [];
  #note: HTMLTextAreaElement | null = null;

  connectedCallback(): void {
    this.#choices = [...this.querySelectorAll<HTMLInputElement>("input[name='outcome']")];
    this.#note = this.querySelector("textarea");
    this.addEventListener("change", (event) => this.#choose(event.target as HTMLElement));
    document.addEventListener("keydown", this.#press);
    this.#choose(this.#choices.find((choice) => choice.checked) ?? null);
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.#press);
  }

  #choose(chosen: HTMLElement | null): void {
    if (!(chosen instanceof HTMLInputElement) || chosen.name !== "outcome" || this.#note === null) return;
    const note = chosen.dataset["note"] ?? "";
    const isUntouched = this.#choices.some((choice) => choice.dataset["note"] === this.#note?.value.trim());
    if (isUntouched && note !== "") this.#note.value = note;
    const field = this.#note.closest<HTMLElement>(".field");
    if (field) field.hidden = note === "";
  }

  #press = (event: KeyboardEvent): void => {
    const isTyping = (event.target as Element).closest("input:not([type=radio]), textarea, select, [contenteditable]");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = { j: this.dataset["after"], k: this.dataset["before"] }[event.key];
    const choice = this.#choices[Number(event.key) - 1];
    if (to) location.assign(to);
    else if (choice) {
      choice.checked = true;
      choice.focus();
      this.#choose(choice);
    } else return;
    event.preventDefault();
  };
}
customElements.define("care-desk", CareDesk);
