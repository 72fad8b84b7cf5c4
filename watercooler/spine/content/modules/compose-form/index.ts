import { draft, keepDraft, keyFor } from "@base/drafts.ts";
import { say } from "@base/say.ts";
import { _ } from "@base/words.ts";

type Field = HTMLTextAreaElement | HTMLInputElement;

/** Changes what is being composed in place, with everything kept, and brings back what was begun on another device. */
class ComposeForm extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", (event) => {
      const kind = (event.target as Element).closest<HTMLButtonElement>("button[name='turn_into']");
      if (kind === null) return;
      event.preventDefault();
      this.#turnInto(kind);
    });
    this.addEventListener("input", () => this.#showWhatIsSent());
    this.#bringBack();
    this.#showWhatIsSent();
  }

  /** A draft may have filled a title that this kind has not: nothing is ever sent that its writer does not see. */
  #showWhatIsSent(): void {
    this.#set("[name='title']", (title: HTMLTextAreaElement) => {
      if (title.value.trim() !== "") title.closest<HTMLElement>("[data-title-field]")?.removeAttribute("hidden");
    });
  }

  /** Words, title, further fields and address follow the kind. A title that has words stays in sight. */
  #turnInto(kind: HTMLButtonElement): void {
    const words = kind.dataset;
    for (const each of this.querySelectorAll("button[name='turn_into']")) {
      each.setAttribute("aria-pressed", String(each === kind));
    }
    this.#set("[name='kind']", (field: HTMLInputElement) => (field.value = kind.value));
    this.#set("[data-heading]:not(button)", (heading) => (heading.textContent = words["heading"] ?? ""));
    this.#set("[data-send]:not(button)", (send) => (send.textContent = words["send"] ?? ""));
    this.#set("[name='title']", (title: HTMLTextAreaElement) => {
      this.#name(title, words["title"] || _("First line"));
      title
        .closest<HTMLElement>("[data-title-field]")
        ?.toggleAttribute("hidden", !words["title"] && title.value.trim() === "");
      title.dispatchEvent(new Event("input", { bubbles: true }));
    });
    this.#set("[name='source']", (source: HTMLTextAreaElement) => this.#name(source, words["source"] ?? ""));
    this.#set("[data-topics-field]", (topics) => topics.toggleAttribute("hidden", !words["topics"]));
    for (const part of this.querySelectorAll<HTMLElement>("[data-for]"))
      part.hidden = part.dataset["for"] !== kind.value;
    if (words["similar"] === "") this.#set("#similar", (similar) => similar.replaceChildren());
    const address = new URL(location.href);
    address.searchParams.set("kind", kind.value);
    history.replaceState(history.state, "", address);
    document.title = document.title.replace(/^.*?(?= · )/, words["heading"] ?? "");
  }

  #set<T extends HTMLElement>(selector: string, change: (element: T) => unknown): void {
    const element = this.querySelector<T>(selector);
    if (element) change(element);
  }

  #name(field: Field, words: string): void {
    field.placeholder = words;
    field.setAttribute("aria-label", words);
  }

  /** The server's draft fills what is empty here, and what it knew all of before another device went on with it. */
  #bringBack(): void {
    for (const kept of this.querySelectorAll<HTMLTemplateElement>("template[data-kept]")) {
      const name = kept.dataset["kept"] ?? "";
      const field = this.querySelector<Field>(`[data-draft="${CSS.escape(name)}"]:is(textarea, input)`);
      const text = kept.content.textContent ?? "";
      const here = draft(keyFor(name));
      if (!field || field.value.trim() !== (here?.text ?? "").trim() || text === field.value) continue;
      if (here === null || here.text === here.known) {
        keepDraft(keyFor(name), { text, known: text });
        this.#put(field, text);
      } else if (here.known !== undefined && here.known !== text) this.#offer(field, text);
    }
  }

  #put(field: Field, text: string): void {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    this.#set("[data-draft-state]", (line) => (line.textContent = _("Your draft is back")));
  }

  /** Two devices went on with one draft: this one's stays, and the other is a press away, and back. */
  #offer(field: Field, other: string): void {
    const take = (): void => {
      const here = field.value;
      this.#put(field, other);
      this.#offer(field, here);
    };
    say(_("You went on with this draft on another device too."), { label: _("Show the other text"), take });
  }
}

customElements.define("compose-form", ComposeForm);
