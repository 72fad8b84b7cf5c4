/** Shows its link once something is unread that came after the page was made.
 *
 * By the number beside For you, as far as lines are counted, and by the newest line's position where there are more.
 */
class InboxNews extends HTMLElement {
  #watch: MutationObserver | null = null;
  readonly #hear = (event: Event): void => {
    if ((event as CustomEvent<number>).detail > Number(this.dataset["newest"] ?? 0)) this.hidden = false;
  };

  connectedCallback(): void {
    const count = document.querySelector('[data-unread="lines"] [data-count]');
    if (count === null) return;
    this.dataset["known"] = count.textContent ?? "0";
    this.#watch = new MutationObserver(() => {
      if (parseInt(count.textContent ?? "0", 10) > parseInt(this.dataset["known"] ?? "0", 10)) this.hidden = false;
    });
    this.#watch.observe(count, { childList: true, characterData: true, subtree: true });
    document.addEventListener("watercooler:lines", this.#hear);
  }

  disconnectedCallback(): void {
    this.#watch?.disconnect();
    document.removeEventListener("watercooler:lines", this.#hear);
  }
}
customElements.define("inbox-news", InboxNews);
