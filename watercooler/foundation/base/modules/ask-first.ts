import { counted } from "./words.ts";

/** Nobody signs out over posts that wait without being told what becomes of them. */
export function askFirst(event: SubmitEvent, count: number): void {
  if (count === 0 || (event.target as HTMLFormElement).getAttribute("action") !== "/sign-out") return;
  const waits = counted(
    "{count} post is waiting here. It stays on this device and goes out when you sign in here again. Sign out now?",
    "{count} posts are waiting here. They stay on this device and go out when you sign in here again. Sign out now?",
    count,
  );
  if (!confirm(waits)) event.preventDefault();
}
