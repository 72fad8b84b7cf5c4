import { _, language } from "./words.ts";

/** Puts the reader's own words and zone into every <time datetime>: "12 min", "Today, 08:33", "14 Nov".
 *
 * What the server wrote stays for readers without script; the full date is on hover. `data-exact` leaves one alone,
 * `data-clock` says the hour alone, `data-hour` the day and always the hour: "14 Nov, 08:33".
 * Days and months are our own words: the first Intl.DateTimeFormat of a page takes 25 ms, four times that on a phone,
 * so it is made only for who asks for the full date.
 */
const TIMES = "time[datetime]:not([data-exact])";
const MONTHS = _("Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec").split(" ");
const NEAR: Record<number, string> = { [-1]: _("Yesterday"), 0: _("Today"), 1: _("Tomorrow") };

/** What holds a line with a time in it. */
const HOLDER = "p, div, li, small, header";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function midnight(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}

function clock(at: Date): string {
  return [at.getHours(), at.getMinutes()].map((count) => String(count).padStart(2, "0")).join(":");
}

function day(at: Date, now: Date): string {
  const named = { day: at.getDate(), month: MONTHS[at.getMonth()] ?? "", year: at.getFullYear() };
  return at.getFullYear() === now.getFullYear() ? _("{day} {month}", named) : _("{day} {month} {year}", named);
}

/** Says when something was, or will be, as seen from `now`. */
export function inWords(at: Date, now: Date, hasTime: boolean): string {
  const passed = now.getTime() - at.getTime();
  if (hasTime && passed >= -MINUTE && passed < MINUTE) return _("now");
  if (hasTime && passed > 0 && passed < 60 * MINUTE) return _("{count} min", { count: Math.floor(passed / MINUTE) });
  const apart = Math.round((midnight(at) - midnight(now)) / DAY);
  const near = NEAR[apart];
  if (near !== undefined) return hasTime && apart >= 0 ? `${near}, ${clock(at)}` : near;
  return day(at, now);
}

function dayAndHour(at: Date, now: Date): string {
  return `${NEAR[Math.round((midnight(at) - midnight(now)) / DAY)] ?? day(at, now)}, ${clock(at)}`;
}

/** Returns the moment that an element names, or null, and whether it names more than a day. */
function momentOf(element: HTMLTimeElement): [at: Date | null, hasTime: boolean] {
  const hasTime = element.dateTime.includes("T");
  const at = new Date(hasTime ? element.dateTime : `${element.dateTime}T00:00`);
  return [Number.isNaN(at.getTime()) ? null : at, hasTime];
}

/** What still fits where "Today, 08:33" does not: the clock alone, or the day as the server writes it. */
function brief(at: Date, now: Date, hasTime: boolean): string {
  return hasTime && midnight(at) === midnight(now) ? clock(at) : day(at, now);
}

/** How tall the lines around a time are, of one that is drawn: others may break as they like. */
function height(element: HTMLTimeElement): number {
  return element.checkVisibility({ contentVisibilityAuto: true })
    ? (element.closest<HTMLElement>(HOLDER)?.offsetHeight ?? 0)
    : 0;
}

/** Fills all times. Where longer words would break a line, and move all below it, shorter ones stand. */
function fillAll(): void {
  const now = new Date();
  const changes: [HTMLTimeElement, words: string, brief: string, height: number][] = [];
  for (const element of document.querySelectorAll<HTMLTimeElement>(TIMES)) {
    const [at, hasTime] = momentOf(element);
    if (!at) continue;
    const short = brief(at, now, hasTime);
    const told = "brief" in element.dataset ? short : inWords(at, now, hasTime);
    const whole = "hour" in element.dataset ? dayAndHour(at, now) : told;
    const words = "clock" in element.dataset ? clock(at) : whole;
    const isLonger = whole === told && words.length > element.textContent.length;
    if (words !== element.textContent) changes.push([element, words, short, isLonger ? height(element) : 0]);
  }
  for (const [element, words] of changes) element.textContent = words;
  for (const [element, , short, before] of changes) {
    if (!before || height(element) <= before) continue;
    element.textContent = short;
    element.dataset["brief"] = "";
  }
}

function sayInFull(event: PointerEvent): void {
  const element = event.target instanceof Element ? event.target.closest<HTMLTimeElement>(TIMES) : null;
  const [at, hasTime] = element && !element.title ? momentOf(element) : [null, false];
  if (!element || !at) return;
  const form: Intl.DateTimeFormatOptions = hasTime ? { dateStyle: "full", timeStyle: "short" } : { dateStyle: "full" };
  element.title = new Intl.DateTimeFormat(language, form).format(at);
}

let isPlanned = false;
function fillSoon(): void {
  if (isPlanned) return;
  isPlanned = true;
  requestAnimationFrame(() => {
    isPlanned = false;
    fillAll();
  });
}

fillAll();
setInterval(fillAll, MINUTE);
document.addEventListener("visibilitychange", fillSoon);
document.addEventListener("pointerover", sayInFull, { passive: true });
new MutationObserver((changes) => {
  if (changes.some((change) => !(change.target instanceof HTMLTimeElement) && change.addedNodes.length > 0)) fillSoon();
}).observe(document.body, { childList: true, subtree: true });
