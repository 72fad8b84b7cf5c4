import { icon, made } from "../icon.ts";
import type { Attached } from "../sending-files.ts";
import { _ } from "../words.ts";
import { put, type Field } from "./writing.ts";

/** Returns a line that shows a picture small, asks once, kindly, what it shows, and takes it out again.
 *
 * The description stands in the text itself, between the brackets, so that it can be changed there later. What is typed
 * here and not added goes along when the form is sent.
 */
export function askAlt(field: Field, name: string, picture: Attached): HTMLElement {
  const input = made("input", "in");
  input.placeholder = _("For example: two gauges, the left one in the red");
  const question = _("What does “{name}” show? People who cannot see it will hear this.", { name });
  const done = made("button", "btn sm", _("Add"));
  const later = made("button", "btn sm ghost", _("Later"));
  const small = made("img", "");
  Object.assign(small, { src: `${picture.url}?small`, alt: "" });
  const off = made("button", "", icon("x"));
  off.setAttribute("aria-label", _("Take {name} off", { name }));
  const words = made("label", "lab", question, input);
  const row = made("div", "way alt", made("div", "media", small, off), made("div", "grow", words), done, later);
  done.type = later.type = off.type = "button";
  later.onclick = () => row.remove();
  done.onclick = () => {
    describe(field, picture.markdown, input.value);
    row.remove();
  };
  off.onclick = () => {
    row.remove();
    void takeOff(field, picture);
  };
  input.onkeydown = (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    done.click();
  };
  field.form?.addEventListener("watercooler:sending", () => row.isConnected && done.click());
  field.form?.addEventListener("reset", () => row.remove());
  return row;
}

function describe(field: Field, markdown: string, words: string): void {
  const at = field.value.indexOf(markdown);
  const alt = words.replace(/[[\]\n]/g, " ").trim();
  const described = markdown.replace(/!\[[^\]]*\]/, () => `![${alt}]`);
  if (at !== -1 && alt) put(field, at, at + markdown.length, described);
}

async function takeOff(field: Field, { id, markdown }: Attached): Promise<void> {
  const at = field.value.indexOf(markdown);
  const end = at + markdown.length;
  if (at !== -1) put(field, at, field.value[end] === "\n" ? end + 1 : end, "");
  await fetch(`/attachments/${id}/undo`, { method: "POST" }).catch(() => null);
}
