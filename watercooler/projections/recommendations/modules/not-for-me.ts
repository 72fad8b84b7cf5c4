import { send, showRefusal, UNREACHED } from "../../../foundation/base/modules/answer.ts";
import { say } from "../../../foundation/base/modules/say.ts";

/** "Not for me": what was suggested leaves the page once the server knows, and a toast takes it back.
 *
 * Markup: `<button data-not-for-me form="acts" formaction="…">` within `[data-suggested]`, on a card or on a line.
 * Without script the button posts, and the page comes back without it.
 */
document.addEventListener(
  "click",
  (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-not-for-me]");
    if (button === null) return;
    event.preventDefault();
    void refuse(button);
  },
  true,
);

async function refuse(button: HTMLButtonElement): Promise<void> {
  if (button.dataset["sending"] !== undefined) return;
  button.dataset["sending"] = "";
  const outcome = await send(button.getAttribute("formaction") ?? "", new FormData());
  delete button.dataset["sending"];
  if (outcome.done) takeAway(button.closest<HTMLElement>("[data-suggested]"));
  else if (outcome.refusal) showRefusal(outcome.refusal, null);
  else say(UNREACHED);
}

/** The focus goes to what stands in its place, so that a keyboard does not begin again at the top. */
function takeAway(gone: HTMLElement | null): void {
  if (gone === null) return;
  const next = gone.nextElementSibling ?? gone.previousElementSibling ?? gone.closest("section, main");
  const part = gone.closest<HTMLElement>("section.mod");
  gone.remove();
  if (part && part.querySelector("[data-suggested]") === null) part.remove();
  next?.querySelector<HTMLElement>("a[href], button")?.focus();
}
