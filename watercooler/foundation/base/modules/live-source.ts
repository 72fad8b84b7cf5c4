import { inTurn } from "./alone.ts";

/** What the stream says. Pointers only: whoever wants the thing itself asks the ordinary page for it. */
export interface Item {
  id: number;
  kind: string;
  space: number;
  verb: string;
  root: number;
  author: number;
  actor: number;
}
export type News =
  | { item: Item }
  | { change: Item }
  | { inbox: { unread: number; messages: number } }
  | { lines: { newest: number } }
  | { message: { conversation: number } }
  | { session: { isOver: boolean } }
  | { resync: true };

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;

/** Says whether the stream is refused because the session has ended; an EventSource does not tell why it failed. */
async function isSignedOut(): Promise<boolean> {
  const asking = new AbortController();
  const answer = await fetch("/live/stream", { signal: asking.signal }).catch(() => null);
  asking.abort();
  return answer?.status === 401;
}

/** Brings the news of one event stream to every tab of this browser.
 *
 * The tab that holds the lock listens and passes on; when it is closed another takes its place and asks for what came
 * after the last event that any tab has seen.
 */
export function listen(person: string, hear: (news: News) => void): void {
  const channel = new BroadcastChannel(`live-${person}`);
  const lastKey = `live-last-${person}`;
  channel.onmessage = (event: MessageEvent<News>) => hear(event.data);

  const tell = (news: News, id: string): void => {
    if (id) localStorage.setItem(lastKey, id);
    channel.postMessage(news);
    hear(news);
  };

  let wait = FIRST_WAIT_MS;
  let isOver = false;
  const turn = (isSo: boolean): void => {
    if (isSo !== isOver) tell({ session: { isOver: (isOver = isSo) } }, "");
  };
  const open = (): void => {
    const after = localStorage.getItem(lastKey);
    const source = new EventSource(after === null ? "/live/stream" : `/live/stream?after=${encodeURIComponent(after)}`);
    const on = (name: string, made: (data: string) => News): void =>
      source.addEventListener(name, (event: MessageEvent<string>) => tell(made(event.data), event.lastEventId));
    on("item", (data) => ({ item: JSON.parse(data) as Item }));
    on("change", (data) => ({ change: JSON.parse(data) as Item }));
    on("inbox", (data) => ({ inbox: JSON.parse(data) as { unread: number; messages: number } }));
    on("lines", (data) => ({ lines: JSON.parse(data) as { newest: number } }));
    on("message", (data) => ({ message: JSON.parse(data) as { conversation: number } }));
    on("resync", () => ({ resync: true }));
    source.onopen = () => {
      wait = FIRST_WAIT_MS;
      turn(false);
    };
    source.onerror = () => {
      const isRefused = source.readyState === EventSource.CLOSED;
      if (isRefused) void isSignedOut().then((isSo) => isSo && turn(true));
      source.close();
      // Spread out, so that a restarted server is not met by everybody at once.
      setTimeout(open, wait * (0.5 + Math.random()));
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    };
    addEventListener("pagehide", () => source.close(), { once: true });
  };
  void inTurn(`live-${person}`, () => {
    open();
    return new Promise<void>(() => undefined);
  });
}
