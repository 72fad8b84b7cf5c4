import { made } from "../icon.ts";
import { _ } from "../words.ts";

/** Shows what changed between two texts, word by word. Without script both stand side by side.
 *
 * Markup: <text-difference><pre data-before>…</pre><pre data-after>…</pre></text-difference>
 */
class TextDifference extends HTMLElement {
  connectedCallback(): void {
    const before = this.querySelector<HTMLElement>("[data-before]");
    const after = this.querySelector<HTMLElement>("[data-after]");
    if (!before || !after || this.dataset["ready"] !== undefined) return;
    this.dataset["ready"] = "";
    const shown = made("div", "difference");
    for (const [mark, words] of difference(pieces(before.textContent), pieces(after.textContent))) {
      if (mark === "same") shown.append(words);
      else shown.append(changed(mark, words));
    }
    this.append(shown);
    before.hidden = after.hidden = true;
  }
}

type Mark = "same" | "ins" | "del";

function changed(mark: "ins" | "del", words: string): HTMLElement {
  return made(mark, "", made("span", "vh", mark === "ins" ? _("Added: ") : _("Removed: ")), words);
}

const pieces = (text: string): string[] => text.match(/\s+|[^\s]+/g) ?? [];

/** Returns runs of equal, added and removed words, by the longest common sequence. At most 4,000 words on a side. */
export function difference(before: string[], after: string[]): [Mark, string][] {
  let from = 0;
  while (from < before.length && from < after.length && before[from] === after[from]) from += 1;
  let tail = 0;
  const shorter = Math.min(before.length, after.length) - from;
  while (tail < shorter && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const a = before.slice(from, before.length - tail);
  const b = after.slice(from, after.length - tail);
  const middle: [Mark, string][] =
    a.length * b.length > 16_000_000
      ? [
          ["del", a.join("")],
          ["ins", b.join("")],
        ]
      : walk(a, b);
  const all: [Mark, string][] = [
    ["same", before.slice(0, from).join("")],
    ...middle,
    ["same", before.slice(before.length - tail).join("")],
  ];
  return all.filter(([, words]) => words !== "");
}

/** Fills the table of common lengths from the end, then walks it from the start. */
function walk(a: string[], b: string[]): [Mark, string][] {
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const runs: [Mark, string][] = [];
  const add = (mark: Mark, words = ""): void => {
    const last = runs.at(-1);
    if (last?.[0] === mark) last[1] += words;
    else runs.push([mark, words]);
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add("same", a[i]);
      i += 1;
      j += 1;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) add("del", a[i++]);
    else add("ins", b[j++]);
  }
  return runs;
}

customElements.define("text-difference", TextDifference);
