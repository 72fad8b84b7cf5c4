import htmx from "htmx.org";
import { putInPlace } from "./half-typed.ts";
import { listen, type Item, type News } from "./live-source.ts";
import { showSignedOut } from "./signed-out.ts";
import { showUnread } from "./unread.ts";
import { counted } from "./words.ts";

/** What changes the words of a thread that somebody reads, or what they mean. Counts wait for the next visit. */
const CHANGES = new Set(["edited", "accepted", "removed"]);

/** Says on an open page that something new is there, without moving what is being read.
 *
 * [data-live-feed]    a list; data-spaces and data-kinds (ids and names with spaces between) say what it lists
 * [data-live-thread]  a thread, by the id of its first item; [data-new-answers] in it is the line at its end
 * [data-unread]       the count beside Inbox
 * <inbox-news>        hears "watercooler:lines", with the position of the newest unread line
 * <message-box>       hears "watercooler:message" and asks for what is new
 */
class LiveStream extends HTMLElement {
  readonly #person = Number(document.body.dataset["person"] ?? 0);
  readonly #posts = new Set<number>();
  readonly #answers = new Set<number>();

  connectedCallback(): void {
    if (this.#person === 0) return;
    listen(String(this.#person), (news) => this.#hear(news));
    document.addEventListener("click", (event) => {
      const target = event.target as Element;
      if (target.closest("[data-new-posts]")) void this.#renew("[data-live-feed]", true);
      else if (target.closest("[data-new-answers]")) void this.#renew("[data-live-thread]", false);
    });
  }

  #hear(news: News): void {
    if ("inbox" in news) showUnread(news.inbox.unread, news.inbox.messages);
    else if ("lines" in news)
      document.dispatchEvent(new CustomEvent("watercooler:lines", { detail: news.lines.newest }));
    else if ("message" in news) document.dispatchEvent(new Event("watercooler:message"));
    else if ("item" in news) this.#arrived(news.item);
    else if ("change" in news) this.#changed(news.change);
    else if ("session" in news) showSignedOut(news.session.isOver);
    else {
      this.#offer(document.querySelector("[data-new-posts]"), this.#posts.size || 1);
      document.dispatchEvent(new Event("watercooler:message"));
    }
  }

  #arrived(item: Item): void {
    if (item.author === this.#person || document.getElementById(`item-${item.id}`)) return;
    const feed = document.querySelector<HTMLElement>("[data-live-feed]");
    const thread = document.querySelector<HTMLElement>(`[data-live-thread="${item.root}"]`);
    if (item.root === item.id && feed && lists(feed, item)) {
      this.#offer(document.querySelector("[data-new-posts]"), this.#posts.add(item.id).size);
    } else if (item.root !== item.id && thread) {
      this.#offer(thread.querySelector("[data-new-answers]"), this.#answers.add(item.id).size);
    }
    document.querySelector(`[data-space-id="${item.space}"]`)?.classList.add("unread");
  }

  #changed(item: Item): void {
    if (item.actor === this.#person || !CHANGES.has(item.verb)) return;
    const line = document.querySelector<HTMLElement>(`[data-live-thread="${item.root}"] [data-new-answers]`);
    const words = line?.dataset["changed"];
    if (!line?.hidden || words === undefined) return;
    (line.querySelector("[data-new-label]") ?? line).textContent = words;
    line.hidden = false;
  }

  #offer(pill: HTMLElement | null, count: number): void {
    if (pill === null) return;
    const { one = "{count} new", many = "{count} new" } = pill.dataset;
    (pill.querySelector("[data-new-label]") ?? pill).textContent = counted(one, many, count);
    pill.hidden = false;
  }

  /** Asks the same page again and takes the list out of it. */
  async #renew(selector: string, toTop: boolean): Promise<void> {
    const old = document.querySelector<HTMLElement>(selector);
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    if (old === null || answer === null || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector<HTMLElement>(selector);
    if (fresh === null) return location.reload();
    const firstNew = toTop
      ? null
      : [...fresh.querySelectorAll("[id]")].find((part) => !document.getElementById(part.id));
    putInPlace(old, fresh);
    htmx.process(fresh);
    const pill = document.querySelector<HTMLElement>(toTop ? "[data-new-posts]" : "[data-new-answers]");
    if (pill) pill.hidden = true;
    (toTop ? this.#posts : this.#answers).clear();
    if (toTop) scrollTo({ top: 0 });
    if (fresh.contains(document.activeElement)) return; // somebody goes on typing
    const focus = (firstNew ?? fresh) as HTMLElement;
    focus.tabIndex = -1;
    focus.focus({ preventScroll: toTop });
  }
}

function lists(feed: HTMLElement, item: Item): boolean {
  const { spaces, kinds } = feed.dataset;
  const names = (value: string | undefined, wanted: string): boolean => !value || value.split(" ").includes(wanted);
  return names(spaces, String(item.space)) && names(kinds, item.kind);
}

customElements.define("live-stream", LiveStream);
