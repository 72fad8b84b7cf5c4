/** On a phone the open tab may lie outside its row: brings it into view where the style sheet cannot. */
if (!CSS.supports("scroll-initial-target", "nearest"))
  for (const tab of document.querySelectorAll<HTMLElement>(":is(.tabs, .seg) > [aria-current]")) {
    const row = tab.parentElement ?? tab;
    const [at, from] = [tab.getBoundingClientRect(), row.getBoundingClientRect()];
    row.scrollLeft += at.left + at.width / 2 - from.left - from.width / 2;
  }
