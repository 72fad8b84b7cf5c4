/** Shows its link once the number beside For you is higher than when the page was made. */
class InboxNews extends HTMLElement {
  #watch: MutationObserver | null = null;

  connectedCallback(): void {
    const count = document.querySelector('[data-unread="lines"] [data-count]');
    if (count === null) return;
    this.dataset["known"] = count.textContent ?? "0";
    this.#watch = new MutationObserver(() => {
      if (parseInt(count.textContent ?? "0", 10) > parseInt(this.dataset["known"] ?? "0", 10)) this.hidden = false;
    });
    this.#watch.observe(count, { childList: true, characterData: true, subtree: true });
  }

  disconnectedCallback(): void {
    this.#watch?.disconnect();
  }
}
customElements.define("inbox-news", InboxNews);
