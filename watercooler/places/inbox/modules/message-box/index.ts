import { place } from "@base/answer.ts";

/** The messages page: goes to the newest, sends with Enter, and asks for what is new when the stream says so.
 *
 * [data-log] scrolls; #talk in it holds the lines, each with an id and data-v, which changes with what it shows.
 */
class MessageBox extends HTMLElement {
  #isStale = false;
  #isAsking = false;
  readonly #ends = new AbortController();

  connectedCallback(): void {
    const { signal } = this.#ends;
    document.addEventListener("watercooler:message", () => void this.#news(), { signal });
    document.addEventListener("visibilitychange", () => this.#isStale && void this.#news(), { signal });
    this.addEventListener("keydown", (event) => this.#key(event));
    const log = this.#log;
    if (log === null) return;
    if (!location.hash.startsWith("#m-")) log.scrollTop = log.scrollHeight;
    let isAtEnd = true;
    log.addEventListener("scroll", () => (isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80));
    new MutationObserver(() => isAtEnd && (log.scrollTop = log.scrollHeight)).observe(log, {
      childList: true,
      subtree: true,
    });
    log.addEventListener("load", () => isAtEnd && (log.scrollTop = log.scrollHeight), { capture: true });
    this.#keepPlaceWhileEarlierCome(log);
  }

  disconnectedCallback(): void {
    this.#ends.abort();
  }

  get #log(): HTMLElement | null {
    return this.querySelector("[data-log]");
  }

  #keepPlaceWhileEarlierCome(log: HTMLElement): void {
    let below = 0;
    this.addEventListener("htmx:before:swap", () => (below = log.scrollHeight - log.scrollTop));
    this.addEventListener("htmx:after:swap", () => {
      if (log.querySelector("#talk")?.previousElementSibling) log.scrollTop = log.scrollHeight - below;
    });
  }

  /** Enter sends; Shift and Enter begins a line. On a touch screen Enter begins a line, and a button sends. */
  #key(event: KeyboardEvent): void {
    const field = event.target;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !(field instanceof HTMLTextAreaElement)) return;
    if (matchMedia("(pointer: coarse)").matches || field.form === null) return;
    event.preventDefault();
    if (field.value.trim() !== "" || field.form.querySelector("[name='attachments']")) field.form.requestSubmit();
  }

  /** What nobody looks at is not asked for: asking marks it read. */
  async #news(): Promise<void> {
    this.#isStale = true;
    if (document.visibilityState !== "visible" || this.#isAsking) return;
    this.#isAsking = true;
    while (this.#isStale) {
      this.#isStale = false;
      await this.#ask();
    }
    this.#isAsking = false;
  }

  async #ask(): Promise<void> {
    const open = this.dataset["open"];
    const talk = this.querySelector<HTMLElement>("#talk");
    const address =
      open === undefined ? "/inbox/messages" : `/inbox/messages/${open}?from=${talk?.dataset["first"] ?? ""}`;
    const answer = await fetch(address, { headers: { Accept: "text/html", "HX-Request": "true" } }).catch(() => null);
    if (answer === null || !answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector<HTMLElement>("#talk");
    if (talk !== null && fresh !== null) {
      merge(talk, fresh);
      fresh.remove();
    }
    place(page.body.innerHTML);
  }
}

/** Puts lines of a fresh list where they belong; what has not changed stays, with its pictures and open menus. */
function merge(old: HTMLElement, fresh: HTMLElement): void {
  let at: Element | null = old.firstElementChild;
  for (const line of [...fresh.children] as HTMLElement[]) {
    const known = line.id ? old.querySelector<HTMLElement>(`#${CSS.escape(line.id)}`) : null;
    if (known?.dataset["v"] === line.dataset["v"] && known) at = known.nextElementSibling;
    else if (known) {
      known.replaceWith(line);
      at = line.nextElementSibling;
    } else old.insertBefore(line, at);
  }
}

customElements.define("message-box", MessageBox);
