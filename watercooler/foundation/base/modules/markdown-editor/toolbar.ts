import { icon, made } from "../icon.ts";
import { _ } from "../words.ts";
import { beginLines, code, link, surround, type Field } from "./writing.ts";

interface Tool {
  name: string;
  drawing: string;
  key?: string;
  use: (field: Field) => void;
}

const bold = (field: Field): void => surround(field, "**", _("bold text"));
const italic = (field: Field): void => surround(field, "_", _("text in italics"));
const toLink = (field: Field): void => link(field, _("words of the link"));

/** The tools, and the key that works with Ctrl or Cmd. */
export const tools = (): Tool[] => [
  { name: _("Bold"), drawing: "bold", key: "b", use: bold },
  { name: _("Italic"), drawing: "italic", key: "i", use: italic },
  { name: _("List"), drawing: "list", use: (field) => beginLines(field, () => "- ", /^\s*[-*] /) },
  {
    name: _("Numbered list"),
    drawing: "list-ordered",
    use: (field) => beginLines(field, (at) => `${at + 1}. `, /^\s*\d+\. /),
  },
  { name: _("Quote"), drawing: "quote", use: (field) => beginLines(field, () => "> ", /^> ?/) },
  { name: _("Code"), drawing: "code", use: (field) => code(field, _("code")) },
  { name: _("Link"), drawing: "link", key: "k", use: toLink },
];

/** Builds the row of tools: one stop for Tab, arrows move within. */
export function toolbar(field: Field, more: HTMLElement[]): HTMLElement {
  const bar = made("div", "tools");
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", _("Text tools"));
  if (field.id) bar.setAttribute("aria-controls", field.id);
  for (const tool of tools()) {
    const button = iconButton(tool.name, tool.drawing);
    if (tool.key) button.title = `${tool.name} (Ctrl ${tool.key.toUpperCase()})`;
    button.onclick = () => tool.use(field);
    bar.append(button);
  }
  bar.append(...more);
  rove(bar);
  return bar;
}

export function iconButton(name: string, drawing: string): HTMLButtonElement {
  const button = made("button", "ib sm", icon(drawing));
  button.type = "button";
  button.title = name;
  button.setAttribute("aria-label", name);
  return button;
}

function rove(bar: HTMLElement): void {
  const buttons = [...bar.querySelectorAll("button")];
  buttons.forEach((button, at) => (button.tabIndex = at === 0 ? 0 : -1));
  bar.addEventListener("keydown", (event) => {
    const forward = getComputedStyle(bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
    const by = event.key === forward ? 1 : event.key === back ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = buttons.at((at + by) % buttons.length);
    buttons.forEach((button) => (button.tabIndex = button === next ? 0 : -1));
    next?.focus();
  });
}
