// Keeps the app on the phone, so that it opens at once and without a network. The server writes LIST above this: the
// files and pages of its release, each with a part of its hash. Nothing else is kept: nobody's own page, no answer
// of the API. Pages ask for the list to be fetched (`fill`) and say when a newer release may take over (`go`; `halt` ends
// what the older one still fetches).
const LANG = 'id', PATIENCE = 4000;
const ALL = Object.assign({}, LIST.files, ...Object.values(LIST.pages));

// A phone without room, or one that refuses to keep anything: to be told from a network that went away.
const FULL = new Error('nothing can be kept');
const room = (work) => work.catch(() => { throw FULL; });
const store = () => room(caches.open('satu-pintu'));
// One store for all releases: what did not change is not fetched again, and what an older release kept stays until
// this one has everything.
const name = (path) => `${path}?${ALL[path]}`;
const quiet = (work) => work.catch(() => undefined);
const kept = (path) => quiet(store().then((cache) => ALL[path] && cache.match(name(path))));
const any = async (path) => await kept(path)
  || quiet(store().then((cache) => cache.match(path, { ignoreSearch: true })));

// A body that was cut off or is of another release has another hash.
async function keep(path, response) {
  if (!response.ok) return false;
  const body = await response.arrayBuffer(), { headers } = response;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body)).subarray(0, 8);
  if (Array.from(digest, (byte) => (byte + 256).toString(16).slice(1)).join('') !== ALL[path]) return false;
  await room((await store()).put(name(path), new Response(body, { headers })));
  return true;
}

const filling = new AbortController();
// One at a time, so that nothing a person does has to wait for it.
async function fill(lang, sweep) {
  const cache = await store(), there = await cache.keys(), has = new Set(there.map(({ url }) => url));
  let whole = true;
  for (const path of [...LIST.keep, ...Object.keys(LIST.pages[lang] || LIST.pages[LANG])]) {
    if (has.has(new URL(name(path), location).href)) continue;
    // A body that was cut off may lie in the browser's own cache: the second time it comes from the network.
    const get = (cache) => fetch(path, { headers: { 'x-kept': '1' }, priority: 'low', cache, signal: filling.signal });
    whole = (await keep(path, await get('default')) || await keep(path, await get('reload'))) && whole;
  }
  if (whole && sweep) {
    const ours = new Set(Object.keys(ALL).map((path) => new URL(name(path), location).href));
    await Promise.all(there.filter(({ url }) => !ours.has(url)).map((request) => cache.delete(request)));
  }
  return whole;
}

addEventListener('message', (event) => {
  const { data, ports } = event;
  if (data.go) skipWaiting();
  if (data.halt) {
    filling.abort();
    ports[0].postMessage(true);
  }
  if (data.fill) {
    event.waitUntil(fill(data.fill, data.sweep)
      .then((whole) => ({ whole }), (error) => ({ whole: false, full: error === FULL }))
      .then((said) => ports[0].postMessage({ ...said, release: LIST.release })));
  }
});

addEventListener('fetch', (event) => {
  const { request } = event, { pathname, origin, search } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin || /^\/(api|loket)(\/|$)/.test(pathname)) return;
  if (request.mode === 'navigate') {
    if (!/\.\w+$/.test(pathname)) event.respondWith(page(event, pathname.replace(/(.)\/$/, '$1'), search));
  } else if (LIST.files[pathname] && !search) event.respondWith(file(event, pathname));
});

async function file(event, path) {
  const { request } = event, own = request.cache !== 'reload' && await kept(path);
  if (own) return own;
  const answer = await fetch(request);
  event.waitUntil(quiet(keep(path, answer.clone())));
  return answer;
}

async function page(event, path, search) {
  const { request } = event;
  // The wizard's page reads its address itself; words typed into it are understood by the server.
  const own = (!search || (/\/izin$/.test(path) && !/[?&]--/.test(search))) && await kept(path);
  if (own) return own;
  const network = fetch(request);
  const late = new Promise((done) => setTimeout(done, PATIENCE)).then(() => spare(path));
  try {
    return await Promise.race([network, quiet(late).then((found) => found || network)]);
  } catch (error) {
    return await spare(path) || await of(path, '/luring') || Response.error();
  }
}

// A page of the same language, or the first one.
async function of(path, page) {
  const [, lang = LANG] = path.match(/^\/(\w\w)(?=\/|$)/) || [];
  return await any(lang === LANG ? page : `/${lang}${page}`) || any(page);
}

// The page as it was kept, or the frame in which the program makes it, where the program is there.
async function spare(path) {
  const [first] = path.split('/').filter((word) => word && word.length !== 2);
  return await any(path) || (await kept(LIST.programs.files[LIST.programs.paths[first] || 'read']) && of(path, '/frame.html'));
}
