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
  const body = new FormData();
  if (button.name) body.append(button.name, button.value);
  const outcome = await send(action, body);
  delete button.dataset["sending"];
  button.closest("details[data-menu]")?.removeAttribute("open");
  if (outcome.done) {
    if (outcome.isMeant) location.assign(outcome.address ?? location.href);
    return;
  }
  twins.forEach(flip);
  if (outcome.refusal) showRefusal(outcome.refusal, null);
  else say(UNREACHED);
}

/** The same verb may stand twice on a page, as Join in the head and in the rail. */
function sameButtons(button: HTMLButtonElement, action: string): HTMLButtonElement[] {
  if (!button.hasAttribute("aria-pressed")) return [];
  return [...document.querySelectorAll<HTMLButtonElement>(`button[formaction="${CSS.escape(action)}"]`)];
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
