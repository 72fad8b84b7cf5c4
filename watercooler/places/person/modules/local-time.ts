import { _, language } from "@base/words.ts";

/** What the clock says where somebody is: "15:42 there". Says nothing where it says the same as the reader's. */
class LocalTime extends HTMLElement {
  connectedCallback(): void {
    const zone = this.dataset["zone"];
    if (zone === undefined) return;
    const now = new Date();
    const clock: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };
    try {
      const there = new Intl.DateTimeFormat(language, { ...clock, timeZone: zone }).format(now);
      const here = new Intl.DateTimeFormat(language, clock).format(now);
      if (there !== here) this.textContent = _("{time} there", { time: there });
    } catch {
      return; // a zone that this browser does not know
    }
  }
}

customElements.define("local-time", LocalTime);
