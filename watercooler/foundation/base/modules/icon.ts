const sprite = document.querySelector<HTMLElement>("meta[name='built']")?.dataset["icons"] ?? "";

/** Returns a drawn icon, as `icon()` does in a template. */
export function icon(name: string): SVGSVGElement {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.classList.add("i");
  drawing.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${sprite}#i-${name}`);
  drawing.append(use);
  return drawing;
}

/** Returns an element with its class and content. Text is text: nothing in it becomes markup. */
export function made<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  css: string,
  ...content: (Node | string)[]
): HTMLElementTagNameMap[T] {
  const element = document.createElement(tag);
  if (css) element.className = css;
  element.append(...content);
  return element;
}
