import { made } from "./icon.ts";
import type { Waiting } from "./waiting-posts.ts";
import { _ } from "./words.ts";

/** Returns one line about a post that waits, or that the server refused, with a button to take it back. */
export function waitingRow(post: Waiting, takeBack: () => void): HTMLElement {
  const state = post.refused ?? _("Waiting for signal. Saved on this device.");
  const edit = made("button", "btn sm", _("Edit"));
  edit.type = "button";
  edit.onclick = takeBack;
  return made(
    "div",
    post.refused === undefined ? "way dash" : "way fail",
    made("p", "grow", post.title ? `${post.title} · ${state}` : state),
    edit,
  );
}
