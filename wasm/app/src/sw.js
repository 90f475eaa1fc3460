// The service worker: keeps every file of one version, answers from there, and never mixes versions. The build fills in the list and the version.

const VERSION = "__VERSION__";
const FILES = __FILES__;
const CACHE = `geras-${VERSION}`;

self.addEventListener("install", (event) => {
  // `reload` goes past the browser's own cache: the files of one version belong together.
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })))));
});

self.addEventListener("activate", (event) => {
  const old = async () => {
    for (const name of await caches.keys()) if (name.startsWith("geras-") && name !== CACHE) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(old());
});

// The page asks first; until then the new version waits.
self.addEventListener("message", (event) => {
  if (event.data === "install") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  const answer = async () => {
    const cache = await caches.open(CACHE);
    const page = request.mode === "navigate" ? await cache.match("./") : undefined;
    return page ?? (await cache.match(request, { ignoreSearch: true })) ?? fetch(request);
  };
  event.respondWith(answer());
});
