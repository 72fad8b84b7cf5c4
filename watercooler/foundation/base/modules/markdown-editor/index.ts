import { refusalIn } from "../answer.ts";
import { made } from "../icon.ts";
import { _ } from "../words.ts";
import { Completion } from "./completion.ts";
import { iconButton, toolbar, tools } from "./toolbar.ts";
import { Uploads } from "./uploads.ts";
import { continueList, put, type Field } from "./writing.ts";

/** Gives a <textarea> of Markdown its tools: buttons and keys, pictures by paste and drop, @ and #, a preview. */
class MarkdownEditor extends HTMLElement {
  connectedCallback(): void {
    const field = this.querySelector("textarea");
    if (field === null || this.dataset["ready"] !== undefined) return;
    this.dataset["ready"] = "";
    const uploads = new Uploads(field);
    const completion = new Completion(field);
    const preview = made("div", "prose talk preview");
    preview.hidden = true;
    const bar = toolbar(field, [this.#attach(uploads), this.#mention(field), this.#previewSwitch(field, preview)]);
    this.prepend(bar);
    this.append(preview, completion.list, completion.status);
    this.after(uploads.rows);
    field.addEventListener("keydown", (event) => this.#key(event, field));
    if (!CSS.supports("field-sizing", "content")) grow(field);
  }

  #key(event: KeyboardEvent, field: Field): void {
    if (event.isComposing) return;
    const tool =
      event.ctrlKey || event.metaKey ? tools().find((one) => one.key === event.key.toLowerCase()) : undefined;
    if (tool && !event.shiftKey && !event.altKey) tool.use(field);
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.form?.requestSubmit();
    else if (event.key === "Enter" && !event.shiftKey && continueList(field)) event.stopPropagation();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #attach(uploads: Uploads): HTMLElement {
    const input = made("input", "");
    Object.assign(input, { type: "file", multiple: true, hidden: true });
    const button = iconButton(_("Add a picture or file"), "image");
    button.onclick = () => input.click();
    input.onchange = () => {
      uploads.send(input.files ?? []);
      input.value = "";
    };
    return made("span", "", input, button);
  }

  #mention(field: Field): HTMLElement {
    const button = iconButton(_("Mention somebody"), "at-sign");
    button.onclick = () => put(field, field.selectionStart, field.selectionEnd, "@");
    return button;
  }

  #previewSwitch(field: Field, preview: HTMLElement): HTMLElement {
    const button = made("button", "btn ghost sm preview-switch", _("Preview"));
    button.type = "button";
    button.setAttribute("aria-pressed", "false");
    button.onclick = async () => {
      const isShown = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(isShown));
      if (isShown) preview.innerHTML = await rendered(field.value);
      preview.hidden = !isShown;
      field.hidden = isShown;
      this.toggleAttribute("data-preview", isShown);
      if (!isShown) field.focus();
    };
    return button;
  }
}

/** The server renders, with the same cleaning as for the page itself; this is its safe HTML. */
async function rendered(text: string): Promise<string> {
  const body = new URLSearchParams({ text });
  const answer = await fetch("/preview", {
    method: "POST",
    body,
    headers: { Accept: "text/html", "HX-Request": "true" },
  }).catch(() => null);
  if (answer?.ok) return answer.text();
  const refused = answer && refusalIn(await answer.text());
  return made("p", "", refused?.sentence ?? _("No preview just now. Your text is safe.")).outerHTML;
}

function grow(field: Field): void {
  const fit = (): void => {
    field.style.blockSize = "auto";
    field.style.blockSize = `${field.scrollHeight + 2}px`;
  };
  field.addEventListener("input", fit);
  fit();
}

customElements.define("markdown-editor", MarkdownEditor);
