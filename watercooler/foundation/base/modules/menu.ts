/** Makes <details data-menu> behave as a menu: one open at a time, Escape closes it, arrows move in it. */

const open = (): HTMLDetailsElement | null => document.querySelector("details[data-menu][open]");

function close(menu: HTMLDetailsElement, focusBack: boolean): void {
  menu.open = false;
  if (focusBack) menu.querySelector<HTMLElement>("summary")?.focus();
}

function entries(menu: HTMLDetailsElement): HTMLElement[] {
  const all = menu.querySelectorAll<HTMLElement>(".menu-list :is(a, button):not([hidden])");
  return [...all].filter((entry) => entry.checkVisibility());
}

function step(menu: HTMLDetailsElement, by: number): void {
  const all = entries(menu);
  const at = all.indexOf(document.activeElement as HTMLElement);
  const next = at === -1 ? (by > 0 ? 0 : -1) : (at + by) % all.length;
  all.at(next)?.focus();
}

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]")) {
    if (!menu.contains(target)) close(menu, false);
  }
});

document.addEventListener("keydown", (event) => {
  const menu = open();
  if (menu === null) return;
  if (event.key === "Escape") close(menu, true);
  else if (event.key === "ArrowDown" && menu.contains(event.target as Node)) step(menu, 1);
  else if (event.key === "ArrowUp" && menu.contains(event.target as Node)) step(menu, -1);
  else return;
  event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const menu = open();
  if (menu && !menu.contains(event.target as Node)) close(menu, false);
});
