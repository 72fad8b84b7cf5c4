import { language } from "@base/words.ts";

/** Says when a meeting is by the reader's own clock: "Wed 26 Nov, 16:00". Without script the server's words stay. */
const parts: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric", month: "short" };
const clock: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };

class MeetingTime extends HTMLElement {
  connectedCallback(): void {
    const time = this.querySelector("time");
    const at = time === null ? null : new Date(time.dateTime);
    if (time === null || at === null || Number.isNaN(at.getTime())) return;
    const year: Intl.DateTimeFormatOptions = at.getFullYear() === new Date().getFullYear() ? {} : { year: "numeric" };
    time.textContent = new Intl.DateTimeFormat(language, { ...parts, ...year, ...clock }).format(at);
  }
}

customElements.define("meeting-time", MeetingTime);
