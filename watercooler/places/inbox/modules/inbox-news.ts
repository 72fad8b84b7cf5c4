/** Shows its link once a line is unread that came after the page was made: one newer than the newest unread then. */
class InboxNews extends HTMLElement {
  readonly #hear = (event: Event): void => {
    if ((event as CustomEvent<number>).detail > Number(this.dataset["newest"])) this.hidden = false;
  };

  connectedCallback(): void {
    document.addEventListener("watercooler:lines", this.#hear);
  }

  disconnectedCallback(): void {
    document.removeEventListener("watercooler:lines", this.#hear);
  }
}
customElements.define("inbox-news", InboxNews);
