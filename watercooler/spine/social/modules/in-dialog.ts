import htmx from "htmx.org";
import { send, showRefusal, UNREACHED } from "../../../foundation/base/modules/answer.ts";
import { icon, made } from "../../../foundation/base/modules/icon.ts";
import { say } from "../../../foundation/base/modules/say.ts";
import { inItsPlace } from "../../../foundation/base/modules/way-back.ts";
import { _ } from "../../../foundation/base/modules/words.ts";

/** Opens the page of a link in a dialog: <a href data-dialog="What it is about">. Without script the link is followed.
 *
 * The page answers a script with its form alone. A form sent in the dialog closes it; a refusal stays beside its field.
 */
document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-dialog]");
  if (link === null || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const menu = link.closest("details[data-menu]");
  const from = menu?.querySelector<HTMLElement>("summary") ?? link;
  menu?.removeAttribute("open");
  from.focus({ preventScroll: true });
  void open(link, from);
});

async function open(link: HTMLAnchorElement, from: HTMLElement): Promise<void> {
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
  const dialog = show(made("header", "", heading, close), heading, close, body);
  comeBack(dialog, from);
}

function show(head: HTMLElement, heading: HTMLElement, close: HTMLButtonElement, body: HTMLElement): HTMLDialogElement {
  const dialog = made("dialog", "verb", head, body);
  heading.id = "verb-heading";
  dialog.setAttribute("aria-labelledby", heading.id);
  close.onclick = () => dialog.close();
  dialog.onclick = (event) => {
    if (event.target === dialog) dialog.close();
  };
  dialog.addEventListener("submit", (event) => void deliver(event, dialog));
  document.body.append(dialog);
  htmx.process(dialog);
  dialog.showModal();
  body.querySelector<HTMLElement>("input:not([type='hidden']), textarea, button")?.focus();
  return dialog;
}

/** The browser gives the focus back to where it was. If that was put anew meanwhile, it goes to what stands there. */
function comeBack(dialog: HTMLDialogElement, from: HTMLElement): void {
  const part = from.closest("[id]")?.id ?? "";
  dialog.onclose = () => {
    dialog.remove();
    const again = document.getElementById(part);
    if (!from.isConnected && again) inItsPlace(again, from)?.focus({ preventScroll: true });
  };
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
  else showRefusal(outcome.refusal ?? { sentence: UNREACHED, field: "" }, form);
}
