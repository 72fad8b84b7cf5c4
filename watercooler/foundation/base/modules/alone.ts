/** Does the work in one tab of this browser only; in the others it does nothing.
 *
 * Without a secure context (plain http in a trial) there are no locks, and every tab works for itself.
 */
export async function alone(name: string, work: () => Promise<void>): Promise<void> {
  if (!("locks" in navigator)) return work();
  await navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : Promise.resolve()));
}

/** Waits until no other tab does this work, then does it until the tab goes. */
export async function inTurn(name: string, work: () => Promise<void>): Promise<void> {
  if (!("locks" in navigator)) return work();
  await navigator.locks.request(name, work);
}

/** Returns a key that makes a post sent twice one post. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
