/** A page that comes back with something to mend leads there: on a phone the field may be far below what is seen. */
const wrong = document.querySelector<HTMLElement>("main [aria-invalid='true']");
if (wrong !== null && (document.activeElement ?? document.body) === document.body) {
  const field = wrong.matches("fieldset") ? wrong.querySelector<HTMLElement>("input") : wrong;
  field?.focus({ preventScroll: true });
  wrong.scrollIntoView({ block: "center" });
}
