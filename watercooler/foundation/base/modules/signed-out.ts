import { _ } from "./words.ts";

/** Says that the session has ended, until it goes on: nothing more arrives here, and what is typed stays.
 *
 * It lies among the toasts, but does not go by itself.
 */
export function showSignedOut(isOver: boolean): void {
  const shown = document.getElementById("signed-out");
  if (!isOver) shown?.remove();
  if (!isOver || shown !== null) return;
  const notice = document.createElement("div");
  notice.id = "signed-out";
  notice.className = "toast";
  const words = document.createElement("p");
  words.textContent = _("You have been signed out on this device. What you typed is kept.");
  const link = document.createElement("a");
  link.href = `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;
  link.textContent = _("Sign in again");
  notice.append(words, link);
  document.querySelector("toast-stack")?.append(notice);
}
