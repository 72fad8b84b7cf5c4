const COPIED = [
  "font",
  "letterSpacing",
  "lineHeight",
  "padding",
  "border",
  "boxSizing",
  "direction",
  "tabSize",
] as const;

/** Returns where the caret is, in pixels from the field's own corner, by laying the same text out in a hidden box. */
export function caretBox(field: HTMLTextAreaElement): { left: number; bottom: number } {
  const style = getComputedStyle(field);
  const twin = document.createElement("div");
  for (const name of COPIED) twin.style[name] = style[name];
  Object.assign(twin.style, {
    position: "fixed",
    visibility: "hidden",
    whiteSpace: "pre-wrap",
    overflowWrap: "break-word",
  });
  twin.style.inlineSize = `${field.clientWidth}px`;
  twin.textContent = field.value.slice(0, field.selectionStart);
  const end = document.createElement("span");
  end.textContent = "\u200b";
  twin.append(end);
  document.body.append(twin);
  const box = end.getBoundingClientRect();
  const from = twin.getBoundingClientRect();
  twin.remove();
  const left = style.direction === "rtl" ? from.right - box.right : box.left - from.left;
  const room = Math.max(field.clientWidth - 280, 0);
  return {
    left: Math.min(left, room) + field.offsetLeft,
    bottom: field.offsetTop + box.bottom - from.top - field.scrollTop + 4,
  };
}
