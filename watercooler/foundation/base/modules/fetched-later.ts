/** Fetches the module of a tag the first time a page, or a part swapped into it, has one. */
export function fetchLater(modules: Record<string, () => Promise<unknown>>): void {
  const waiting = new Map(Object.entries(modules));
  const look = (): void => {
    for (const [tag, load] of waiting) {
      if (document.querySelector(tag) === null) continue;
      waiting.delete(tag);
      void load();
    }
  };
  look();
  document.addEventListener("htmx:after:swap", look);
}
