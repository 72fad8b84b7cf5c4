import { made } from "../icon.ts";
import { _ } from "../words.ts";
import { put, type Field } from "./writing.ts";

/** Returns a line that asks once, kindly, what a picture shows.
 *
 * The description stands in the text itself, between the brackets, so that it can be changed there later.
 */
export function askAlt(field: Field, name: string, markdown: string): HTMLElement {
  const input = made("input", "in");
  input.placeholder = _("For example: two gauges, the left one in the red");
  const question = _("What does “{name}” show? People who cannot see it will hear this.", { name });
  const done = made("button", "btn sm", _("Add"));
  const later = made("button", "btn sm ghost", _("Later"));
  const row = made("div", "way alt", made("div", "grow", made("label", "lab", question, input)), done, later);
  done.type = later.type = "button";
  later.onclick = () => row.remove();
  done.onclick = () => {
    const at = field.value.indexOf(markdown);
    const alt = input.value.replace(/[[\]\n]/g, " ").trim();
    const described = markdown.replace(/!\[[^\]]*\]/, () => `![${alt}]`);
    if (at !== -1 && alt) put(field, at, at + markdown.length, described);
    row.remove();
  };
  input.onkeydown = (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    done.click();
  };
  queueMicrotask(() => input.focus());
  return row;
}
