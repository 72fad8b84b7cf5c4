/** Filters: on a wide screen a change sends the form by itself; on a narrow one they are a sheet with one button. */

const wide = window.matchMedia("(width >= 64rem)");

function arrange(): void {
  for (const sheet of document.querySelectorAll<HTMLDetailsElement>("details[data-open-wide]")) {
    sheet.open = wide.matches;
    sheet.dataset["ready"] = "";
  }
}

arrange();
wide.addEventListener("change", arrange);
document.addEventListener("htmx:after:swap", arrange);

document.addEventListener("change", (event) => {
  const target = event.target as Element;
  const form = target.closest<HTMLFormElement>("form[data-sends-itself]");
  if (form && (wide.matches || form.closest("[data-open-wide]") === null)) form.requestSubmit();
});

document.addEventListener("click", (event) => {
  if (event.target instanceof HTMLDetailsElement && !wide.matches && "openWide" in event.target.dataset)
    event.target.open = false;
});

document.addEventListener("keydown", (event) => {
  const sheet = wide.matches ? null : document.querySelector<HTMLDetailsElement>("details[data-open-wide][open]");
  if (event.key !== "Escape" || sheet === null) return;
  sheet.open = false;
  sheet.querySelector("summary")?.focus();
});

document.addEventListener("click", (event) => {
  const back = (event.target as Element).closest("[data-back]");
  if (back === null || history.length < 2) return;
  event.preventDefault();
  history.back();
});
