/** Carries the number beside Inbox to wherever it stands on the page. It comes with an answer, under one id. */
class UnreadCount extends HTMLElement {
  connectedCallback(): void {
    const now = Number(this.dataset["now"]);
    if (this.dataset["now"] === undefined || !Number.isInteger(now)) return;
    for (const badge of document.querySelectorAll<HTMLElement>("[data-unread]")) {
      badge.hidden = now === 0;
      const number = badge.querySelector("[data-count]");
      if (number) number.textContent = now > 99 ? "99+" : String(now);
    }
    const news = document.querySelector<HTMLElement>("inbox-news");
    if (news) news.dataset["known"] = String(now);
  }
}
customElements.define("unread-count", UnreadCount);
