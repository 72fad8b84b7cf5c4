/** A link to one comment may lead behind "more comments". The comment's own address knows the way there.
 *
 * Asked first without going: what was removed has no address, and whoever followed the link stays in the thread.
 */
async function findPlace(item: string): Promise<void> {
  const address = `/items/${item}`;
  const answer = await fetch(address, { method: "HEAD", redirect: "manual" }).catch(() => null);
  if (answer?.type === "opaqueredirect") location.replace(address);
}

const item = /^#item-(\d+)$/.exec(location.hash)?.[1];
const wasSentHere = new URLSearchParams(location.search).get("at") === item;
if (item !== undefined && !wasSentHere && document.getElementById(`item-${item}`) === null) void findPlace(item);
