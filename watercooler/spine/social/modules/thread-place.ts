/** A link to one comment may lead behind "more comments". The comment's own address knows the way there. */
const item = /^#item-(\d+)$/.exec(location.hash)?.[1];
const wasSentHere = new URLSearchParams(location.search).get("at") === item;

if (item !== undefined && !wasSentHere && document.getElementById(`item-${item}`) === null)
  location.replace(`/items/${item}`);
