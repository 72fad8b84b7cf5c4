/** Keeps the built files and one offline page on the device. Pages themselves are private and are never kept. */
declare const self: ServiceWorkerGlobalScope;

const SHELF = "built-1";
const OFFLINE = "/offline";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELF).then((shelf) => shelf.add(OFFLINE)));
  void self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldShelves().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (new URL(request.url).pathname.startsWith("/static/built/")) event.respondWith(fromShelf(request));
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch(offline));
});

async function fromShelf(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept !== undefined) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) {
    const shelf = await caches.open(SHELF);
    await shelf.put(request, fresh.clone());
    await dropOlder(shelf, request.url);
  }
  return fresh;
}

/** A new build changes the hash in a name: the file it replaces is dropped, so that the shelf does not grow. */
async function dropOlder(shelf: Cache, url: string): Promise<void> {
  const stem = (address: string): string => address.replace(/\.[\w-]{8}\.(\w+)$/, ".$1");
  for (const old of await shelf.keys()) {
    if (old.url !== url && stem(old.url) === stem(url)) await shelf.delete(old);
  }
}

async function offline(): Promise<Response> {
  return (await caches.match(OFFLINE)) ?? new Response("No signal. Please try again.", { status: 503 });
}

async function forgetOldShelves(): Promise<void> {
  for (const name of await caches.keys()) if (name !== SHELF) await caches.delete(name);
}

export {};
