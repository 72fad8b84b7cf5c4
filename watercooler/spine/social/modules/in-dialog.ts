import htmx from "htmx.org";
import { send, showRefusal, UNREACHED } from "../../../foundation/base/modules/answer.ts";
import { icon, made } from "../../../foundation/base/modules/icon.ts";
import { say } from "../../../foundation/base/modules/say.ts";
import { _ } from "../../../foundation/base/modules/words.ts";

/** Opens the page of a link in a dialog: <a href data-dialog="What it is about">. Without script the link is followed.
 *
 * The page answers a script with its form alone. A form sent in the dialog closes it; a refusal stays beside its field.
 */
document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-dialog]");
  if (link === null || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  link.closest("details[data-menu]")?.removeAttribute("open");
  void open(link);
});

async function open(link: HTMLAnchorElement): Promise<void> {
  const headers = { Accept: "text/html", "HX-Request": "true" };
  const answer = await fetch(link.href, { headers }).catch(() => null);
  if (!answer?.ok || answer.redirected) {
    if (answer === null) say(UNREACHED);
    else location.assign(link.href);
    return;
  }
  const heading = made("h2", "", link.dataset["dialog"] || link.getAttribute("aria-label") || link.textContent.trim());
  const close = made("button", "ib", icon("x"));
  close.setAttribute("aria-label", _("Close"));
  const body = made("div", "");
  body.innerHTML = await answer.text();
  show(made("header", "", heading, close), heading, close, body);
}

function show(head: HTMLElement, heading: HTMLElement, close: HTMLButtonElement, body: HTMLElement): void {
  const dialog = made("dialog", "verb", head, body);
  heading.id = "verb-heading";
  dialog.setAttribute("aria-labelledby", heading.id);
  close.onclick = () => dialog.close();
  dialog.onclose = () => dialog.remove();
  dialog.onclick = (event) => {
    if (event.target === dialog) dialog.close();
  };
  dialog.addEventListener("submit", (event) => void deliver(event, dialog));
  document.body.append(dialog);
  htmx.process(dialog);
  dialog.showModal();
  body.querySelector<HTMLElement>("input:not([type='hidden']), textarea, button")?.focus();
}

async function deliver(event: SubmitEvent, dialog: HTMLDialogElement): Promise<void> {
  const form = event.target as HTMLFormElement;
  if (form.matches("[data-queue]")) return;
  event.preventDefault();
  const button = event.submitter as HTMLButtonElement | null;
  button?.setAttribute("aria-busy", "true");
  const outcome = await send(button?.getAttribute("formaction") ?? form.action, new FormData(form, button));
  button?.removeAttribute("aria-busy");
  if (outcome.done) dialog.close();
  else if (outcome.refusal) showRefusal(outcome.refusal, form);
  else say(UNREACHED);
}
