import { send, SIGNED_OUT } from "./answer.ts";
import { say } from "./say.ts";
import { filesFirst } from "./sending-files.ts";
import { add, remove, type Waiting } from "./waiting-posts.ts";
import { _ } from "./words.ts";

/** Sends a post that waited, after its files. Returns whether the next one's turn has come: the server was reached. */
export async function sendWaiting(post: Waiting): Promise<boolean> {
  if (post.refused !== undefined) return true;
  const ready = await filesFirst(post);
  if (ready === null) return false;
  if (ready.refused !== undefined) {
    await add(ready);
    return true;
  }
  const body = new FormData();
  for (const [name, value] of ready.entries) body.append(name, value);
  const outcome = await send(post.url, body);
  if (outcome.done) {
    await remove(post.key);
    const { address } = outcome;
    say(_("Posted"), address === null ? undefined : { label: _("Open"), take: () => location.assign(address) });
  } else if (outcome.refusal && outcome.refusal.field !== SIGNED_OUT)
    await add({ ...post, refused: outcome.refusal.sentence });
  else return false;
  return true;
}
