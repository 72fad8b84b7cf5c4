import { made } from "./icon.ts";
import type { Choice } from "./suggestions.ts";

/** Returns the lines of the listbox, with a heading before each group. */
export function rows(choices: Choice[]): HTMLElement[] {
  return choices.flatMap((choice, at) => {
    const line = option(choice, at);
    return choice.group === choices[at - 1]?.group ? [line] : [heading(choice.group), line];
  });
}

function heading(words: string): HTMLElement {
  const row = made("div", "grp", words);
  row.setAttribute("role", "presentation");
  return row;
}

function option(choice: Choice, at: number): HTMLElement {
  const words = made("span", "", choice.title);
  if (choice.sub) words.append(made("small", "", choice.sub));
  const row = made("div", "opt", choice.face(), words);
  row.id = `palette-${at}`;
  row.dataset["at"] = String(at);
  row.setAttribute("role", "option");
  return row;
}
