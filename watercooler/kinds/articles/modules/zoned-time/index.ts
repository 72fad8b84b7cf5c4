import { _ } from "@base/words.ts";

/** Lets an hour be typed in the writer's own time zone, and names the zone to the server and to the reader. */
class ZonedTime extends HTMLElement {
  connectedCallback(): void {
    const zone = this.querySelector<HTMLInputElement>("[name='zone']");
    const time = this.querySelector<HTMLInputElement>("[name='publish_at']");
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!zone || !time || !own || this.dataset["ready"] !== undefined) return;
    this.dataset["ready"] = "";
    const at = this.dataset["at"];
    if (at && zone.value !== own && !time.matches("[aria-invalid]")) time.value = local(new Date(at));
    zone.value = own;
    const hint = document.createElement("p");
    hint.className = "hint";
    hint.textContent = _("Your time, {zone}.", { zone: own.replaceAll("_", " ") });
    time.after(hint);
    time.min = local(new Date());
  }
}

/** Returns a moment as <input type="datetime-local"> wants it, in the browser's zone. */
function local(moment: Date): string {
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

customElements.define("zoned-time", ZonedTime);
