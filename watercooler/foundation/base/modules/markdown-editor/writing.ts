/** Changes to the text of a field, as a person would type them: each can be undone with Ctrl Z. */

export type Field = HTMLTextAreaElement;

/** Replaces a range and leaves `selected` (offsets within the new text) selected. */
export function put(field: Field, from: number, to: number, text: string, selected?: [from: number, to: number]): void {
  field.focus();
  field.setSelectionRange(from, to);
  // The only way to change a field that its own undo knows of; setRangeText is for browsers that drop it one day.
  const isTyped = text !== "" && document.execCommand("insertText", false, text);
  if (!isTyped) {
    field.setRangeText(text, from, to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const [start, end] = selected ?? [text.length, text.length];
  field.setSelectionRange(from + start, from + end);
}

/** Puts marks around the selection, or takes them away if they are there. */
export function surround(field: Field, mark: string, example: string): void {
  const { selectionStart: from, selectionEnd: to, value } = field;
  const size = mark.length;
  if (value.slice(from - size, from) === mark && value.slice(to, to + size) === mark) {
    put(field, from - size, to + size, value.slice(from, to), [0, to - from]);
    return;
  }
  const inner = value.slice(from, to) || example;
  put(field, from, to, mark + inner + mark, [size, size + inner.length]);
}

/** Begins each selected line with a mark, or takes it away if all have it. `mark` may depend on the line's number. */
export function beginLines(field: Field, mark: (line: number) => string, is: RegExp): void {
  const from = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const end = field.value.indexOf("\n", field.selectionEnd);
  const to = end === -1 ? field.value.length : end;
  const lines = field.value.slice(from, to).split("\n");
  const isMarked = lines.every((line) => is.test(line));
  const text = lines.map((line, at) => (isMarked ? line.replace(is, "") : mark(at) + line.replace(is, ""))).join("\n");
  put(field, from, to, text, [lines.length > 1 ? 0 : text.length, text.length]);
}

/** Makes the selection a link and leaves its address selected, to be typed or pasted over. */
export function link(field: Field, words: string): void {
  const { selectionStart: from, selectionEnd: to, value } = field;
  const inner = value.slice(from, to) || words;
  const address = "https://";
  put(field, from, to, `[${inner}](${address})`, [inner.length + 3, inner.length + 3 + address.length]);
}

/** Puts code marks around a piece of a line, or a fence around several lines. */
export function code(field: Field, example: string): void {
  const { selectionStart: from, selectionEnd: to, value } = field;
  const inner = value.slice(from, to);
  if (!inner.includes("\n")) surround(field, "`", example);
  else put(field, from, to, `\n\`\`\`\n${inner}\n\`\`\`\n`, [5, 5 + inner.length]);
}

/** On Enter in a list, begins the next entry; on Enter in an empty entry, ends the list. Says whether it did. */
export function continueList(field: Field): boolean {
  const { selectionStart: at, selectionEnd, value } = field;
  if (at !== selectionEnd) return false;
  const from = value.lastIndexOf("\n", at - 1) + 1;
  const found = /^(\s*)([-*]|(\d+)\.)( +)(.*)$/.exec(value.slice(from, at));
  if (found === null) return false;
  const [, indent = "", sign = "", number, gap = " ", rest] = found;
  if (rest === "") field.setRangeText("", from, at, "end");
  else put(field, at, at, `\n${indent}${number === undefined ? sign : `${Number(number) + 1}.`}${gap}`);
  return true;
}
