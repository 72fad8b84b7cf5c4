import { refusalIn, SIGNED_OUT } from "./answer.ts";
import { add, type Waiting } from "./waiting-posts.ts";
import { whose } from "./whose.ts";
import { _ } from "./words.ts";

/** What the server tells of a file it has kept. */
export interface Attached {
  id: number;
  url: string;
  name: string;
  markdown: string;
  is_picture: boolean;
}

/** What a form is told before it is sent: whoever has something to finish first adds it to `waits`. */
export type Sending = CustomEvent<{ waits: Promise<unknown>[] }>;

/** The entry of a form that holds a file which could not be delivered yet. */
export const UNSENT = "unsent";

/** Waits until the files of a form have arrived, or it is known that they do not. */
export async function filesSettled(form: HTMLFormElement): Promise<void> {
  const waits: Promise<unknown>[] = [];
  form.dispatchEvent(new CustomEvent("watercooler:sending", { detail: { waits } }));
  await Promise.all(waits);
}

/** Waits for the files of a form. Returns what keeps it from going. */
export async function filesReady(form: HTMLFormElement): Promise<string | null> {
  await filesSettled(form);
  const refused = form.querySelector<HTMLElement>("[data-refused-file]");
  if (refused === null) return null;
  refused.scrollIntoView({ block: "nearest" });
  const name = refused.dataset["refusedFile"] ?? "";
  return _("“{name}” is not attached. Try it again or leave it out, then send.", { name });
}

/** Reads what the server said of a file: what it keeps, a sentence if it refused it, null if it was not reached. */
export function judged(status: number, text: string): Attached | string | null {
  if (status === 0 || [502, 503, 504].includes(status)) return null;
  try {
    const told = JSON.parse(text) as Attached & { message?: string; field?: string };
    if (status < 400) return told;
    return told.field === SIGNED_OUT ? null : (told.message ?? _("This file cannot be attached."));
  } catch {
    return refusalIn(text)?.sentence ?? _("This file cannot be attached.");
  }
}

/** Sends the files of a post that waited, before it. Returns the post without them, or null if not reached. */
export async function filesFirst(post: Waiting): Promise<Waiting | null> {
  for (const [at, [name, value]] of post.entries.entries()) {
    if (name !== UNSENT || typeof value === "string") continue;
    const body = new FormData();
    body.append("file", value);
    const sent = await fetch("/attachments", {
      method: "POST",
      body,
      headers: { Accept: "application/json", ...whose },
    })
      .then(async (answer) => judged(answer.status, await answer.text()))
      .catch(() => null);
    if (sent === null) return null;
    if (typeof sent === "string") return { ...post, refused: `${value.name}: ${sent}` };
    post.entries[at] = ["attachments", String(sent.id)];
    await add(post);
  }
  return post;
}
