/** Tells the server how far a thread has been read, so that the next visit begins with what is new.
 *
 * <read-to data-item="41"> stands in a thread whose parts carry data-said="their id". A part counts as read once half
 * of it has been on a visible page; the newest one read is sent a moment later, and again when the page is left.
 */
const PAUSE_MS = 1500;

class ReadTo extends HTMLElement {
  #newest = 0;
  #sent = -1;
  #timer = 0;
  readonly #leave = (): void => this.#send();
  readonly #watch = new IntersectionObserver((seen) => this.#read(seen), { threshold: [0, 0.5] });

  connectedCallback(): void {
    for (const part of this.parentElement?.querySelectorAll("[data-said]") ?? []) this.#watch.observe(part);
    addEventListener("pagehide", this.#leave);
    this.#soon();
  }

  disconnectedCallback(): void {
    this.#watch.disconnect();
    removeEventListener("pagehide", this.#leave);
    clearTimeout(this.#timer);
  }

  #read(seen: IntersectionObserverEntry[]): void {
    for (const { isIntersecting, intersectionRatio, intersectionRect, rootBounds, target } of seen) {
      const fillsPage = intersectionRect.height > (rootBounds?.height ?? innerHeight) / 2;
      if (!isIntersecting || (intersectionRatio < 0.5 && !fillsPage)) continue;
      this.#newest = Math.max(this.#newest, Number((target as HTMLElement).dataset["said"]));
    }
    if (this.#newest > this.#sent) this.#soon();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#send(), PAUSE_MS);
  }

  #send(): void {
    if (this.#newest <= this.#sent || document.visibilityState === "hidden" || !navigator.onLine) return;
    this.#sent = this.#newest;
    const body = new URLSearchParams({ newest: String(this.#newest) });
    void fetch(`/items/${this.dataset["item"]}/seen`, { method: "POST", body, keepalive: true }).catch(() => undefined);
  }
}

customElements.define("read-to", ReadTo);
