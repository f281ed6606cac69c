// Keeps the two pages, answers from the copy at once and without a network.
const CACHE = "VERSION";
addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(["/izin", "/survei", "/icon.svg", "NEEDS"])));
});
addEventListener("activate", (event) => {
  const old = (names) => Promise.all(names.filter((n) => n !== CACHE).map((n) => caches.delete(n)));
  event.waitUntil(caches.keys().then(old).then(() => clients.claim()));
});
addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  const page = pathname.startsWith("/survei") ? "/survei" : "/izin";
  const key = event.request.mode === "navigate" ? page : event.request;
  event.respondWith(caches.match(key).then((kept) => kept ?? fetch(event.request)));
});
