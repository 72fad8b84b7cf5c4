/** A card is the same for everybody. What only its author may do stands in its menu, hidden, and is shown to them here. */
const person = document.body.dataset["person"];

function show(root: ParentNode): void {
  if (person === undefined) return;
  for (const mine of root.querySelectorAll<HTMLElement>(`[data-author="${CSS.escape(person)}"] [data-own]`))
    mine.hidden = false;
}

show(document);
document.addEventListener("htmx:after:swap", () => show(document));
document.addEventListener(
  "toggle",
  (event) => show((event.target as Element).closest("[data-author]")?.parentElement ?? document),
  true,
);
