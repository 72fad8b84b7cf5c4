import { made } from "../icon.ts";
import { judged, type Attached } from "../sending-files.ts";
import { whose } from "../whose.ts";
import { _ } from "../words.ts";

export type Fate = "sending" | "sent" | "unreached" | "refused" | "left";

/** One file on its way to the server, and the row that says how far it is and what became of it. */
export class Upload {
  readonly row = made("div", "way");
  fate: Fate = "sending";
  attached: Attached | null = null;
  /** Settles when it is known what became of the file; never fails. */
  done: Promise<void> = Promise.resolve();
  #request = new XMLHttpRequest();

  constructor(
    readonly file: File,
    readonly again: () => void,
    after: Promise<void>,
  ) {
    this.send(after);
  }

  /** Sends it after others: files are shown in the order in which they arrived, which is that of the steps they show. */
  send(after: Promise<void> = Promise.resolve()): void {
    const bar = made("span", "bar-p", made("i", ""));
    this.#show("way", _("Sending"), bar);
    this.fate = "sending";
    this.done = after.then(() => (this.fate === "left" ? undefined : this.#deliver(bar)));
  }

  /** fetch() cannot tell how much has been sent; XMLHttpRequest can. */
  #deliver(bar: HTMLElement): Promise<void> {
    const request = (this.#request = new XMLHttpRequest());
    const body = new FormData();
    body.append("file", this.file);
    request.open("POST", "/attachments");
    for (const [name, value] of Object.entries({ Accept: "application/json", ...whose }))
      request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => bar.style.setProperty("--v", String((100 * event.loaded) / event.total));
    return new Promise((settle) => {
      request.onloadend = () => {
        this.#judge(request);
        settle();
      };
      request.send(body);
    });
  }

  leave(): void {
    this.fate = "left";
    this.#request.abort();
    this.row.remove();
  }

  #judge(request: XMLHttpRequest): void {
    if (this.fate === "left") return;
    const outcome = judged(request.status, request.responseText);
    if (outcome === null) {
      this.fate = "unreached";
      this.#show("way dash", _("No signal. It goes with what you write."), this.#button(_("Try again"), this.again));
    } else if (typeof outcome === "string") {
      this.fate = "refused";
      this.#show("way fail", outcome, this.#button(_("Try again"), this.again));
      this.row.dataset["refusedFile"] = this.file.name;
    } else {
      this.fate = "sent";
      this.attached = outcome;
      this.row.remove();
    }
  }

  #show(css: string, sentence: string, more: HTMLElement): void {
    this.row.className = css;
    delete this.row.dataset["refusedFile"];
    const isBar = more.localName !== "button";
    const words = made("div", "grow", made("b", "md", this.file.name), made("small", "", sentence));
    if (isBar) words.append(more);
    this.row.replaceChildren(words, ...(isBar ? [] : [more]));
    this.row.append(this.#button(_("Leave it out"), () => this.leave(), "ghost"));
  }

  #button(words: string, act: () => void, css = ""): HTMLButtonElement {
    const button = made("button", `btn sm ${css}`, words);
    button.type = "button";
    button.onclick = act;
    return button;
  }
}
