import { draft, keyFor, type Draft } from "./drafts.ts";

/** A field whose text is kept as a draft. */
export type Field = HTMLTextAreaElement | HTMLInputElement;

export function keyOf(field: Field): string {
  return keyFor(field.dataset["draft"] ?? `${field.form?.getAttribute("action") ?? location.pathname}:${field.name}`);
}

/** The field that says which version of a text a form changes; null in a form that writes something new. */
export function baseOf(field: Field): HTMLInputElement | null {
  const base = field.form?.elements.namedItem("based_on");
  return base instanceof HTMLInputElement ? base : null;
}

export function kept(field: Field): Draft {
  const base = baseOf(field);
  const known = draft(keyOf(field))?.known;
  return {
    text: field.value,
    ...(base === null ? {} : { base: base.value }),
    ...(known === undefined ? {} : { known }),
  };
}
