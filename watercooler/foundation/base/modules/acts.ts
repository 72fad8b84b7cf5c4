import { send, showRefusal, UNREACHED } from "./answer.ts";
import { say } from "./say.ts";

/** Verbs under a card: a press shows at once, is sent behind, and is taken back if the server says no.
 *
 * Markup: parts.html `act`. Without script the button posts its formaction through the page's form "acts".
 */
document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLButtonElement>("button[form='acts'][formaction]");
  if (button === null || event.defaultPrevented) return;
  event.preventDefault();
  const question = button.dataset["confirm"];
  if (question === undefined || window.confirm(question)) void press(button);
});

async function press(button: HTMLButtonElement): Promise<void> {
  if (button.dataset["sending"] !== undefined) return;
  const action = button.getAttribute("formaction") ?? "";
  button.dataset["sending"] = "";
  const twins = sameButtons(button, action);
  twins.forEach(flip);
  const menu = closeMenu(button);
  const body = new FormData();
  if (button.name) body.append(button.name, button.value);
  const outcome = await send(action, body);
  delete button.dataset["sending"];
  menu?.removeAttribute("aria-busy");
  if (outcome.done) {
    if (outcome.isMeant) location.assign(outcome.address ?? location.href);
    return;
  }
  twins.forEach(flip);
  if (outcome.refusal) showRefusal(outcome.refusal, null);
  else say(UNREACHED);
}

/** Closes the menu a verb stands in, at once; its button says that something is being sent, and keeps the focus. */
function closeMenu(button: HTMLButtonElement): HTMLElement | null {
  const menu = button.closest<HTMLDetailsElement>("details[data-menu]");
  const summary = menu?.querySelector<HTMLElement>("summary") ?? null;
  if (menu?.contains(document.activeElement)) summary?.focus({ preventScroll: true });
  menu?.removeAttribute("open");
  summary?.setAttribute("aria-busy", "true");
  return summary;
}

/** The same verb may stand twice on a page, as Join in the head and in the rail. */
function sameButtons(button: HTMLButtonElement, action: string): HTMLButtonElement[] {
  if (!button.hasAttribute("aria-pressed")) return [];
  return [...document.querySelectorAll<HTMLButtonElement>(`button[formaction="${CSS.escape(action)}"]`)];
}

/** Undo in a toast is sent behind too where the part it changes is on the page: nobody loses their place by it. */
document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  const action = form.getAttribute("action") ?? "";
  const twins = [...document.querySelectorAll<HTMLButtonElement>(`button[formaction="${CSS.escape(action)}"]`)];
  const pressed = twins.filter((button) => button.hasAttribute("aria-pressed"));
  if (form.closest("[data-toast]") === null || (pressed.length === 0 && changedBy(action) === null)) return;
  event.preventDefault();
  void undo(form, action, pressed);
});

/** Returns the part of the page that the answer of this address takes the place of, null if there is none. */
function changedBy(action: string): HTMLElement | null {
  const [, what = "", id = ""] = /^\/(items|inbox)\/(\d+)\/(?!remove|restore|moved)/.exec(action) ?? [];
  return document.getElementById(`${what === "items" ? "bar" : "line"}-${id}`);
}

async function undo(form: HTMLFormElement, action: string, twins: HTMLButtonElement[]): Promise<void> {
  const toast = form.closest<HTMLElement>("[data-toast]");
  const near = twins[0] ?? changedBy(action)?.querySelector<HTMLElement>("summary, button, a");
  if (toast?.contains(document.activeElement)) near?.focus({ preventScroll: true });
  toast?.remove();
  twins.forEach(flip);
  const outcome = await send(action, new FormData(form));
  if (outcome.done) return;
  twins.forEach(flip);
  say(outcome.refusal?.sentence ?? UNREACHED);
}

/** Turns a button over: pressed, count, words, and where the next press goes. Twice is as before. */
function flip(button: HTMLButtonElement): void {
  const isOn = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(isOn));
  button.toggleAttribute("data-just", isOn);
  button.setAttribute("formaction", button.dataset[isOn ? "on" : "off"] ?? button.formAction);
  const label = button.querySelector("[data-label]");
  const words = button.dataset[isOn ? "labelOn" : "labelOff"];
  if (label && words !== undefined) label.textContent = words;
  const count = button.querySelector("[data-count]");
  const number = Number(count?.textContent);
  if (count && Number.isInteger(number)) count.textContent = String(Math.max(number + (isOn ? 1 : -1), 0));
}
