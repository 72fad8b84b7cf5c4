/** Filters: a change sends the form by itself, and on narrow screens the list of filters starts closed. */

const wide = window.matchMedia("(width >= 64rem)");

function arrange(): void {
  for (const sheet of document.querySelectorAll<HTMLDetailsElement>("details[data-open-wide]")) {
    sheet.open = wide.matches;
    sheet.dataset["ready"] = "";
  }
  for (const button of document.querySelectorAll<HTMLElement>("[data-without-script]")) button.hidden = true;
}

arrange();
wide.addEventListener("change", arrange);
document.addEventListener("htmx:after:swap", arrange);

document.addEventListener("change", (event) => {
  (event.target as Element).closest<HTMLFormElement>("form[data-sends-itself]")?.requestSubmit();
});

document.addEventListener("click", (event) => {
  const back = (event.target as Element).closest("[data-back]");
  if (back === null || history.length < 2) return;
  event.preventDefault();
  history.back();
});
