import { _, language } from "./words.ts";

/** Puts the reader's own words and zone into every <time datetime>: "12 min", "Today, 08:33", "14 Nov".
 *
 * What the server wrote stays for readers without script; the full date is on hover. `data-exact` leaves one alone.
 */
const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
const thisYear = new Intl.DateTimeFormat(language, { day: "numeric", month: "short" });
const otherYear = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric" });
const whole = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" });
const wholeDay = new Intl.DateTimeFormat(language, { dateStyle: "full" });
const days = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function midnight(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}

/** Says when something was, or will be, as seen from `now`. */
export function inWords(at: Date, now: Date, hasTime: boolean): string {
  const passed = now.getTime() - at.getTime();
  if (hasTime && passed >= -MINUTE && passed < MINUTE) return _("now");
  if (hasTime && passed > 0 && passed < 60 * MINUTE) return _("{count} min", { count: Math.floor(passed / MINUTE) });
  const apart = Math.round((midnight(at) - midnight(now)) / DAY);
  if (Math.abs(apart) <= 1) {
    const day = days.format(apart, "day");
    const named = day.charAt(0).toLocaleUpperCase(language) + day.slice(1);
    return hasTime && apart >= 0 ? `${named}, ${clock.format(at)}` : named;
  }
  return (at.getFullYear() === now.getFullYear() ? thisYear : otherYear).format(at);
}

function fill(element: HTMLTimeElement, now: Date): void {
  const hasTime = element.dateTime.includes("T");
  const at = new Date(hasTime ? element.dateTime : `${element.dateTime}T00:00`);
  if (Number.isNaN(at.getTime())) return;
  const words = inWords(at, now, hasTime);
  if (element.textContent !== words) element.textContent = words;
  if (!element.title) element.title = (hasTime ? whole : wholeDay).format(at);
}

function fillAll(): void {
  const now = new Date();
  for (const element of document.querySelectorAll<HTMLTimeElement>("time[datetime]:not([data-exact])"))
    fill(element, now);
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
new MutationObserver((changes) => {
  if (changes.some((change) => !(change.target instanceof HTMLTimeElement) && change.addedNodes.length > 0)) fillSoon();
}).observe(document.body, { childList: true, subtree: true });
