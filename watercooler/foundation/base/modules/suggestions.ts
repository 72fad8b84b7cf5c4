import { icon, made } from "./icon.ts";
import { _ } from "./words.ts";

interface Told {
  title: string;
  url: string;
  sub?: string;
  kind?: string;
  icon?: string;
  photo?: string;
}
interface Answer {
  results: Told[];
  people: Told[];
  actions: Told[];
}

/** One line of the palette, and how its picture is drawn. */
export interface Choice {
  group: string;
  title: string;
  sub: string;
  url: string;
  face: () => HTMLElement;
}

const DRAWN: Record<string, string> = {
  question: "circle-question-mark",
  answer: "circle-check",
  post: "message-circle",
  article: "book-open-text",
  space: "messages-square",
  topic: "hash",
  place: "arrow-right",
};

const go = (): Told[] => [
  { title: _("Ask a question"), url: "/compose?kind=question", kind: "question" },
  { title: _("Share an update"), url: "/compose?kind=post", kind: "post" },
  { title: _("Write an article"), url: "/compose?kind=article", kind: "article" },
  { title: _("Go to Home"), url: "/home", icon: "house" },
  { title: _("Go to Spaces"), url: "/spaces", icon: "messages-square" },
  { title: _("Go to Library"), url: "/library", icon: "library-big" },
  { title: _("Go to People"), url: "/people", icon: "users" },
  { title: _("Go to Inbox"), url: "/inbox", icon: "inbox" },
  { title: _("Your drafts"), url: "/me/drafts", icon: "pencil-line" },
  { title: _("Settings"), url: "/me/settings", icon: "settings" },
];

/** What guests have not. */
const MEMBERS_ALONE = new Set(["/compose?kind=article", "/me/drafts"]);

/** What is left where nothing fits: to look everywhere, or to ask. */
const instead = (words: string): Told[] => [
  { title: _("Search for it everywhere"), url: `/search?q=${encodeURIComponent(words)}`, icon: "search" },
  { title: _("Ask this instead"), url: `/compose?kind=question&title=${encodeURIComponent(words)}`, kind: "question" },
];

/** Returns at most twelve lines for what was typed. A first sign narrows: > actions, @ people, # topics. */
export async function suggest(typed: string): Promise<Choice[]> {
  const words = typed.replace(/^[>@#]/, "").trim();
  const found = await fitting(typed);
  return found.length || !words ? found : instead(words).map((told) => choice(told, _("Nothing like that here")));
}

async function fitting(typed: string): Promise<Choice[]> {
  const sign = /^[>@#]/.exec(typed)?.[0] ?? "";
  const words = typed.slice(sign.length).trim();
  const mine = go().filter((action) => !(MEMBERS_ALONE.has(action.url) && "guest" in document.body.dataset));
  const own = mine.filter((action) => action.title.toLowerCase().includes(words.toLowerCase()));
  if (sign === ">") return own.map((told) => choice(told, _("Do")));
  if (words === "" && sign === "") return own.map((told) => choice(told, _("Do")));
  const answer = await asked(sign === ">" ? words : typed.trim());
  return [
    ...(sign === "@" ? [] : answer.results).map((told) => choice(told, heading(told.kind))),
    ...(sign === "#" ? [] : answer.people).map((told) => choice({ icon: "user-round", ...told }, _("People"))),
    ...(sign === "" ? [...answer.actions, ...own] : []).map((told) => choice(told, _("Do"))),
  ].slice(0, 12);
}

/** Returns what stands above such lines. */
function heading(kind = ""): string {
  if (kind === "topic") return _("Topics");
  return kind === "space" ? _("Spaces") : _("Answers");
}

async function asked(words: string): Promise<Answer> {
  const nothing: Answer = { results: [], people: [], actions: [] };
  try {
    const response = await fetch(`/search/suggest?q=${encodeURIComponent(words)}`, {
      headers: { Accept: "application/json" },
    });
    return response.ok ? { ...nothing, ...((await response.json()) as Partial<Answer>) } : nothing;
  } catch {
    return nothing;
  }
}

function choice(told: Told, group: string): Choice {
  return { group, title: told.title, sub: told.sub ?? "", url: told.url, face: () => face(told) };
}

function face(told: Told): HTMLElement {
  if (told.photo) {
    const photo = made("img", "");
    Object.assign(photo, { src: told.photo, alt: "" });
    return made("span", "av s", photo);
  }
  const tile = made("span", "tile s", icon(told.icon ?? DRAWN[told.kind ?? ""] ?? "arrow-right"));
  if (told.kind) tile.dataset["kind"] = told.kind;
  return tile;
}
