import htmx from "htmx.org";
import { refusalIn, showRefusal, UNREACHED } from "./answer.ts";
import { keepAgain } from "./kept-draft.ts";
import { say } from "./say.ts";
import { whose } from "./whose.ts";
import { _ } from "./words.ts";

/** What htmx tells about one request. */
interface Told {
  ctx: { text: string; swap: string; sourceElement: Element; response: { status: number } };
}

// htmx swaps every answer, refusals too. A refused form is better kept as it is, with the sentence beside it.
document.addEventListener("htmx:response:error", (event) => {
  const { ctx } = (event as CustomEvent<Told>).detail;
  const refusal = refusalIn(ctx.text);
  const isFormAgain = refusal === null && ctx.response.status === 422;
  if (isFormAgain) return;
  ctx.swap = "none";
  ctx.text = "";
  const form = ctx.sourceElement.closest("form");
  if (form) keepAgain(form);
  if (refusal) showRefusal(refusal, form);
  else say(_("That did not work just now. Try again in a moment."));
});

document.addEventListener("htmx:error", (event) => {
  const { ctx } = (event as CustomEvent<Partial<Told>>).detail;
  const isQueued = ctx?.sourceElement.closest("form[data-queue]");
  if (ctx && !isQueued) say(UNREACHED);
});

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = (event as CustomEvent<{ ctx: { request: { headers: Record<string, string> } } }>).detail;
  Object.assign(ctx.request.headers, whose);
});

htmx.config.noSwap = [204, 304];
