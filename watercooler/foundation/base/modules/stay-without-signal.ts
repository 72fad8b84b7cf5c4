import { keepAgain } from "./kept-draft.ts";
import { say } from "./say.ts";
import { _ } from "./words.ts";

// A form that does not wait for signal would leave for a page that cannot be reached, with all that is in it.
addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  const isPost = (event.submitter as HTMLButtonElement | null)?.getAttribute("formmethod") ?? form.method;
  if (event.defaultPrevented || navigator.onLine || isPost !== "post" || form.hasAttribute("hx-post")) return;
  event.preventDefault();
  keepAgain(form);
  say(_("No signal. What you typed stays here; send it when you are back."));
});
