import { alone, newKey } from "./alone.ts";
import { send, showRefusal } from "./answer.ts";
import { keepDraft } from "./drafts.ts";
import { askFirst } from "./ask-first.ts";
import { draftsOf, forget, keepAgain, restore } from "./kept-draft.ts";
import { resetSent } from "./reset-sent.ts";
import { say } from "./say.ts";
import { sendWaiting } from "./send-waiting.ts";
import { filesReady, UNSENT } from "./sending-files.ts";
import { add, remove, waiting } from "./waiting-posts.ts";
import { waitingRow } from "./waiting-row.ts";
import { person } from "./whose.ts";
import { _, counted } from "./words.ts";

const RETRY_MS = 20_000;
/** The thin bar that says there is no signal, and the posts of `<form data-queue>` that wait; each is sent once. */
class OfflineQueue extends HTMLElement {
  #isSending = false;
  #count = 0;
  readonly #busy = new WeakSet<HTMLFormElement>();

  connectedCallback(): void {
    document.addEventListener("submit", (event) => this.#take(event));
    addEventListener("online", () => void this.#sendAll());
    addEventListener("offline", () => void this.#show());
    setInterval(() => void this.#sendAll(), RETRY_MS);
    void this.#sendAll();
  }

  /** Sends a form by script, so that a lost connection loses nothing. Forms with hx-post are sent by htmx. */
  #take(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    askFirst(event, this.#count);
    if (event.defaultPrevented || !form.matches("[data-queue]:not([hx-post])")) return;
    event.preventDefault();
    if (!this.#busy.has(form)) void this.#deliver(form, event.submitter as HTMLButtonElement | null);
  }

  async #deliver(form: HTMLFormElement, submitter: HTMLButtonElement | null): Promise<void> {
    this.#busy.add(form);
    submitter?.setAttribute("aria-busy", "true");
    const missing = await filesReady(form);
    if (missing === null) await this.#sendNow(form, submitter);
    else {
      keepAgain(form);
      showRefusal({ sentence: missing, field: "" }, form);
    }
    submitter?.removeAttribute("aria-busy");
    this.#busy.delete(form);
  }

  async #sendNow(form: HTMLFormElement, submitter: HTMLButtonElement | null): Promise<void> {
    const body = new FormData(form, submitter);
    if (!body.get("key")) body.set("key", newKey());
    const url = submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? location.href;
    const outcome =
      navigator.onLine && !body.has(UNSENT) ? await send(url, body) : { done: false as const, refusal: null };
    if (outcome.done) {
      forget(form);
      if (outcome.address === null) resetSent(form, body);
      else location.assign(outcome.address);
    } else if (outcome.refusal === null) await this.#keep(form, url, body);
    else if (outcome.isStale && form.matches("[data-stale-page]")) form.submit();
    else {
      keepAgain(form);
      showRefusal(outcome.refusal, form);
    }
  }

  async #keep(form: HTMLFormElement, url: string, body: FormData): Promise<void> {
    const entries = [...body.entries()];
    const words = body.get("title") || body.get("source") || body.get("topic") || "";
    const title = typeof words === "string" ? words.trim() : "";
    const key = String(body.get("key"));
    await add({ key, person, url, page: location.href, title: title.slice(0, 120), entries, drafts: draftsOf(form) });
    forget(form);
    form.reset();
    await this.#show();
    say(_("We’ll post it when you’re back"), { label: _("Undo"), take: () => void this.#takeBack(key) });
  }

  /** Gives a waiting post back to its form, where the drafts fill it in again. */
  async #takeBack(key: string): Promise<void> {
    const post = (await waiting(person)).find((other) => other.key === key);
    if (post === undefined) return say(_("It has been posted already. You can remove it there."));
    const isHere = post.page === location.href;
    const isFar = !isHere && !navigator.onLine;
    if (isFar) return say(_("It was written on another page. You can change it there when you are back."));
    await remove(key);
    for (const [name, draft] of post.drafts) keepDraft(name, draft);
    if (!isHere) location.assign(post.page);
    restore(document);
    await this.#show();
  }

  /** Sends what waits, one after the other, in one tab only. */
  async #sendAll(): Promise<void> {
    await this.#show();
    if (!navigator.onLine || this.#isSending || person === "0") return;
    this.#isSending = true;
    await alone(`waiting-posts:${person}`, async () => {
      for (const post of await waiting(person)) if (!(await sendWaiting(post))) break;
    });
    this.#isSending = false;
    await this.#show();
  }

  async #show(): Promise<void> {
    const posts = person === "0" ? [] : await waiting(person);
    this.#count = posts.length;
    this.hidden = navigator.onLine && posts.length === 0;
    const line = document.createElement("p");
    line.textContent = navigator.onLine ? "" : _("No signal. You can keep working.");
    if (posts.length)
      line.textContent += ` ${counted("{count} post is waiting.", "{count} posts are waiting.", posts.length)}`;
    this.replaceChildren(line, ...posts.map((post) => waitingRow(post, () => void this.#takeBack(post.key))));
  }
}

customElements.define("offline-queue", OfflineQueue);
