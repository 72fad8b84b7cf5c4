/** Empties a form that was sent; what somebody typed on while it was on its way stays. */
export function resetSent(form: HTMLFormElement, sent: FormData): void {
  const typed = [...form.querySelectorAll("textarea")].map((field): [HTMLTextAreaElement, string] => [
    field,
    field.value,
  ]);
  form.reset();
  for (const [field, value] of typed) if (value !== sent.get(field.name)) field.value = value;
}
