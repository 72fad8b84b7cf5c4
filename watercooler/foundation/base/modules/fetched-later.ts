/** Fetches the module of a tag the first time a page, or a part swapped into it, has one; without signal once it is back.
 *
 * A field works without its module. Browsers that keep a failed fetch for as long as the page lives, as HTML wanted
 * until 2026 (whatwg/html#10327), stay with the plain field until the next page.
 */
export function fetchLater(modules: Record<string, () => Promise<unknown>>): void {
  const waiting = new Map(Object.entries(modules));
  const look = (): void => {
    for (const [tag, load] of waiting) {
      if (document.querySelector(tag) === null) continue;
      waiting.delete(tag);
      load().catch((error: unknown) => {
        waiting.set(tag, load);
        if (navigator.onLine) throw error;
      });
    }
  };
  look();
  document.addEventListener("htmx:after:swap", look);
  addEventListener("online", look);
}
