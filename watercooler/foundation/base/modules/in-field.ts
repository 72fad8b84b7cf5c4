/** Says whether keys typed now are text, or belong to an open dialog. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  return target.isContentEditable || target.closest("input, textarea, select, dialog") !== null;
}
