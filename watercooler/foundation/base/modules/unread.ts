/** As counted on every page: base/unread.html. */
const MOST = 20;

/** Shows how much is unread wherever it stands: [data-unread] says both together, or "lines" or "messages" alone. */
export function showUnread(lines: number, messages: number): void {
  for (const badge of document.querySelectorAll<HTMLElement>("[data-unread]")) {
    const which = badge.dataset["unread"];
    const unread = which === "lines" ? lines : which === "messages" ? messages : lines + messages;
    badge.hidden = unread === 0;
    const number = badge.querySelector("[data-count]");
    if (number) number.textContent = unread > MOST ? `${MOST}+` : String(unread);
  }
}
