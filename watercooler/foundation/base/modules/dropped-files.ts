/** A file dropped beside a field would open in place of the page, and take what is being written with it. */
function keepThePage(event: DragEvent): void {
  const isFile = event.dataTransfer?.types.includes("Files") ?? false;
  if (!isFile || event.defaultPrevented || (event.target as Element).matches("input[type='file']")) return;
  event.preventDefault();
  if (event.dataTransfer && event.type === "dragover") event.dataTransfer.dropEffect = "none";
}

for (const name of ["dragover", "drop"] as const) document.addEventListener(name, keepThePage);
