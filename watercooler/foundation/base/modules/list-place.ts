import htmx from "htmx.org";

/** Going back to a list shows it as far as it was read: the further pages are asked for again, then the place is found.
 *
 * Pages hold what only their reader may see, so browsers keep none of them; they put back the scroll position of the
 * first page alone. Serves every "More" (parts.html `more`).
 */
interface Place {
  pages: number;
  /** Of the card; empty where lines have none, as results of a search: then its number in the list counts. */
  id: string;
  nth: number;
  top: number;
}

const MORE = ".more-link a[rel='next'][hx-get]";
const MOST_PAGES = 20;
const KEY = `place:${location.pathname}${location.search}`;
const HANDS = ["wheel", "touchstart", "keydown", "pointerdown"];
let pages = 0;
let list: Element | null | undefined = null;

/** Returns the first card that is on the screen, and how far down it stands. */
function place(): Place | null {
  const named = document.querySelectorAll("main [id^='item-'], main [id^='line-']");
  for (const [nth, card] of [...(named.length ? named : (list?.children ?? []))].entries()) {
    const { top, bottom } = card.getBoundingClientRect();
    if (bottom > innerHeight / 4) return { pages, id: named.length ? card.id : "", nth, top };
  }
  return null;
}

/** Asks for one more page as a press does. Returns whether it came. */
async function nextPage(): Promise<boolean> {
  const more = document.querySelector<HTMLElement>(MORE);
  if (more === null) return false;
  return new Promise((resolve) => {
    const ended = new AbortController();
    const end = (came: boolean): void => {
      ended.abort();
      resolve(came);
    };
    // Other parts of the page may be fetched meanwhile: this page has come once its link is gone.
    document.addEventListener("htmx:after:swap", () => more.isConnected || end(true), { signal: ended.signal });
    document.addEventListener("htmx:error", () => end(false), { signal: ended.signal });
    document.addEventListener("htmx:response:error", () => end(false), { signal: ended.signal });
    htmx.process(more); // it may not have looked at this page yet, and then the press would follow the link
    more.click();
  });
}

/** Cards out of sight have a guessed height until they are near: where they stand is right after a second look. */
function goTo({ id, nth, top }: Place): void {
  const look = (): void => {
    const card = id ? document.getElementById(id) : list?.children[nth];
    if (card) scrollBy({ top: card.getBoundingClientRect().top - top, behavior: "instant" });
  };
  look();
  requestAnimationFrame(() => requestAnimationFrame(look));
}

async function comeBack(to: Place): Promise<void> {
  let isMoved = false;
  for (const name of HANDS) addEventListener(name, (event) => (isMoved ||= event.isTrusted), { once: true });
  if (document.readyState === "loading")
    await new Promise((ready) => document.addEventListener("DOMContentLoaded", ready));
  list = listWith(document.querySelector(MORE));
  for (let left = Math.min(to.pages, MOST_PAGES); left > 0; left--) if (!(await nextPage())) break;
  if (!isMoved) goTo(to);
}

/** Returns what a "More" stands in, after what it adds to. */
function listWith(more: Element | null): Element | null | undefined {
  return more?.closest(".more-link")?.parentElement;
}

document.addEventListener("click", (event) => {
  const more = (event.target as Element).closest(MORE);
  if (more === null) return;
  pages += 1;
  list = listWith(more);
});
addEventListener("pagehide", () => {
  const kept = pages > 0 ? place() : null;
  if (kept) sessionStorage.setItem(KEY, JSON.stringify(kept));
  else sessionStorage.removeItem(KEY);
});

const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
const kept = visit?.type === "back_forward" ? sessionStorage.getItem(KEY) : null;
if (kept !== null) void comeBack(JSON.parse(kept) as Place);
