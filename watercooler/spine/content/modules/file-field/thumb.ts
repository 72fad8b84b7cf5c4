import { icon, made } from "@base/icon.ts";
import type { Attached } from "@base/sending-files.ts";
import { _ } from "@base/words.ts";

/** Builds the row of a file as content/file_row.html does. */
export function row(file: Attached): HTMLElement {
  const off = made("button", "", icon("x"));
  off.type = "button";
  off.dataset["takeOff"] = "";
  off.setAttribute("aria-label", _("Take {name} off", { name: file.name }));
  const id = hidden("attachments", String(file.id));
  const line = made("li", "thumb", made("div", "media", shown(file), off), id);
  line.dataset["file"] = String(file.id);
  if (file.is_picture) line.append(alt(file));
  return line;
}

function shown(file: Attached): HTMLElement {
  if (file.is_picture) {
    const picture = made("img", "");
    Object.assign(picture, { src: `${file.url}?small`, alt: "" });
    return picture;
  }
  const link = made("a", "thumb__file", icon("file-text"), made("span", "", file.name));
  link.href = file.url;
  return link;
}

function alt(file: Attached): HTMLElement {
  const input = made("input", "in");
  Object.assign(input, { name: `alt-${file.id}`, maxLength: 300, placeholder: _("What does it show?") });
  return made("label", "thumb__alt", made("span", "vh", _("What does “{name}” show?", { name: file.name })), input);
}

function hidden(name: string, value: string): HTMLElement {
  const field = made("input", "");
  Object.assign(field, { type: "hidden", name, value });
  return field;
}
