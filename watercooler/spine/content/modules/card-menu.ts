import { icon, made } from "../../../foundation/base/modules/icon.ts";
import { _ } from "../../../foundation/base/modules/words.ts";

const FOLLOW: [string, string] = [_("Follow this"), _("Stop following this")];
const MUTE: [string, string] = [_("Mute"), _("Unmute")];

/** Fills a card's menu when it is opened. The entries are the same for every card, so a page does not carry them twenty
 * times over. Without script the menu holds a link to the item's own page, where all of them stand.
 */
document.addEventListener(
  "toggle",
  (event) => {
    const menu = event.target as HTMLDetailsElement;
    const card = menu.closest<HTMLElement>("[data-item]");
    if (!menu.matches?.("[data-menu='card'][open]") || card === null) return;
    menu.dataset["menu"] = "filled";
    menu.querySelector(".menu-list")?.replaceChildren(...entries(card));
  },
  true,
);

function entries(card: HTMLElement): HTMLElement[] {
  const at = `/items/${card.dataset["item"] ?? ""}`;
  const isMine = card.dataset["author"] === document.body.dataset["person"];
  const common = [
    turns(`${at}/followed`, "bell", "following" in card.dataset, FOLLOW),
    link(`${at}/react`, "smile-plus", _("React")),
  ];
  const history = link(`${at}/history`, "history", _("Earlier versions"));
  if (isMine) {
    const remove = button(`${at}/remove`, "trash-2", _("Remove"));
    remove.dataset["confirm"] = _("Remove this? You can undo it afterwards.");
    const move = link(`${at}/moved`, "folder-input", _("Move to another space"));
    return [...common, history, link(`${at}/edit`, "pencil", _("Edit")), move, remove];
  }
  return [
    ...common,
    ...(card.closest("[data-suggested]") ? [notForMe(at)] : []),
    link(`${at}/rate`, "list-checks", _("Rate it"), _("How good is this?")),
    history,
    turns(`${at}/muted`, "bell-off", "muted" in card.dataset, MUTE),
    link(`${at}/flag`, "flag", _("Flag for a host"), _("What should a host look at?")),
  ];
}

function notForMe(at: string): HTMLButtonElement {
  const entry = button(`${at}/not-for-me`, "eye-off", _("Not for me"));
  entry.dataset["notForMe"] = "";
  return entry;
}

function link(href: string, drawing: string, label: string, dialog = ""): HTMLAnchorElement {
  const entry = made("a", "", icon(drawing), label);
  entry.href = href;
  if (dialog) entry.dataset["dialog"] = dialog;
  return entry;
}

function button(action: string, drawing: string, label: string): HTMLButtonElement {
  const words = made("span", "", label);
  words.dataset["label"] = "";
  const entry = made("button", "", icon(drawing), words);
  entry.setAttribute("form", "acts");
  entry.setAttribute("formaction", action);
  return entry;
}

/** An entry that turns over when it is pressed; `words` says what it does while it is off and while it is on. */
function turns(action: string, drawing: string, isOn: boolean, words: [string, string]): HTMLButtonElement {
  const [off, on] = [action, `${action}/undo`];
  const [labelOff, labelOn] = words;
  const entry = button(isOn ? on : off, drawing, isOn ? labelOn : labelOff);
  entry.setAttribute("aria-pressed", String(isOn));
  Object.assign(entry.dataset, { on, off, labelOn, labelOff });
  return entry;
}
