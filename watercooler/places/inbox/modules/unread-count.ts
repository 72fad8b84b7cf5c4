import { showUnread } from "@base/unread.ts";

/** Carries the numbers beside Inbox to wherever they stand on the page. They come with an answer, under one id. */
class UnreadCount extends HTMLElement {
  connectedCallback(): void {
    const lines = Number(this.dataset["now"]);
    const messages = Number(this.dataset["messages"]);
    if (this.dataset["now"] === undefined || !Number.isInteger(lines + messages)) return;
    showUnread(lines, messages);
  }
}
customElements.define("unread-count", UnreadCount);
