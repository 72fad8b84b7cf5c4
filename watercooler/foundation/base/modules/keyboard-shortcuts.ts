import { isTyping } from "./in-field.ts";
import { _ } from "./words.ts";

const PLACES: Record<string, string> = { h: "/home", s: "/spaces", l: "/library", p: "/people", i: "/inbox" };
const THINGS = ".post, .ans, .sr, .nt, [data-thing]";
const G_MS = 1500;

const listed = (): [keys: string, meaning: string][] => [
  ["/", _("Search")],
  ["C", _("Ask or share")],
  ["G H", _("Home")],
  ["G S", _("Spaces")],
  ["G L", _("Library")],
  ["G P", _("People")],
  ["G I", _("Inbox")],
  ["J", _("Next")],
  ["K", _("Previous")],
  ["Enter", _("Open")],
  ["H", _("Helped")],
  ["R", _("Reply")],
  ["S", _("Save")],
  ["?", _("This list")],
];

/** Single keys for people who prefer them. They never act in a field, and can be turned off in their own list (?). */
class KeyboardShortcuts extends HTMLElement {
  #placeUntil = 0;

  connectedCallback(): void {
    document.addEventListener("keydown", (event) => this.#press(event));
    for (const button of document.querySelectorAll<HTMLElement>("[data-shortcuts]")) {
      button.hidden = !matchMedia("(pointer: fine)").matches;
      button.onclick = () => this.#list();
    }
  }

  get #isOff(): boolean {
    return localStorage.getItem("shortcuts") === "off";
  }

  #press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || this.#isOff || isTyping(event))
      return;
    const key = event.key.toLowerCase();
    const place = performance.now() < this.#placeUntil ? PLACES[key] : undefined;
    this.#placeUntil = key === "g" ? performance.now() + G_MS : 0;
    if (place !== undefined) location.assign(place);
    else if (key === "g") return;
    else if (key === "c") location.assign("/compose");
    else if (key === "j") this.#step(1);
    else if (key === "k") this.#step(-1);
    else if (key === "?") this.#list();
    else if (!this.#actOnCurrent(key)) return;
    event.preventDefault();
  }

  #actOnCurrent(key: string): boolean {
    const within = document.querySelector("[data-current]") ?? document.querySelector("main") ?? document;
    const wanted: Record<string, string> = {
      h: "button.helped",
      r: "[data-reply], .reply textarea, a.act[href]",
      s: "[data-act='save'], .act-i",
    };
    const selector = wanted[key];
    const target = selector ? within.querySelector<HTMLElement>(selector) : null;
    if (target instanceof HTMLTextAreaElement) target.focus();
    else target?.click();
    return target !== null;
  }

  #step(by: number): void {
    const things = [...document.querySelectorAll<HTMLElement>(THINGS)];
    const at = things.findIndex((thing) => "current" in thing.dataset);
    const next =
      things[at === -1 ? (by > 0 ? 0 : things.length - 1) : Math.min(Math.max(at + by, 0), things.length - 1)];
    if (next === undefined) return;
    if (at !== -1) delete things[at]?.dataset["current"];
    next.dataset["current"] = "";
    const link = next.querySelector<HTMLElement>("h2 a, h3 a, a.t");
    if (link === null) next.tabIndex = -1;
    (link ?? next).focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  #list(): void {
    const dialog = document.createElement("dialog");
    dialog.className = "box";
    const rows = listed().map(([keys, meaning]) => {
      const pressed = keys
        .split(" ")
        .map((key) => `<kbd>${key}</kbd>`)
        .join(" ");
      return `<dt>${pressed}</dt><dd>${meaning}</dd>`;
    });
    dialog.innerHTML = `<form method="dialog"><h2 id="keys">${_("Keyboard shortcuts")}</h2>
      <dl class="keys">${rows.join("")}</dl>
      <label class="row-x md"><input class="sw" type="checkbox" role="switch">${_("Single keys are on")}</label>
      <button class="btn primary">${_("Close")}</button></form>`;
    dialog.setAttribute("aria-labelledby", "keys");
    const box = dialog.querySelector("input");
    if (box) {
      box.checked = !this.#isOff;
      box.onchange = () => localStorage.setItem("shortcuts", box.checked ? "on" : "off");
    }
    dialog.onclose = () => dialog.remove();
    document.body.append(dialog);
    dialog.showModal();
  }
}

customElements.define("keyboard-shortcuts", KeyboardShortcuts);
