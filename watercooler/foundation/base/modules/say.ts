import type { Offer, ToastStack } from "./toast-stack.ts";

/** Shows one short sentence at the edge of the page for ten seconds, with at most one thing to do about it. */
export function say(sentence: string, offer?: Offer | undefined): void {
  document.querySelector<ToastStack>("toast-stack")?.show(sentence, offer);
}
