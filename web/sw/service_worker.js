// Opens the desk without network.
//
// A build is what /manifest.json lists: its name, and each file with its SHA-256. A build is taken in whole or not at
// all: every file is checked before the build counts. Builds keep caches of their own side by side, so that a tab of an
// old one finds its files until it ends. Which build a start gets is a note that this file keeps: a new build that is
// ready becomes the current one with the next navigation, that is when a tab is opened, or when a tab has flushed its
// desk and loads itself anew. No running tab is ever changed under its feet.
//
// This file names no build, so that it changes seldom; its own new versions wait until every tab is closed, as browsers
// do by themselves. Requests to the API are never looked at.

const kBuilds = 'countersign-build-';
const kNotes = 'countersign-notes';
const kNote = '/builds';
const kPage = '/';

// { current, ready, previous }: names of builds, or null.
const readNote = async () => {
  const stored = await (await caches.open(kNotes)).match(kNote);
  return stored ? stored.json() : null;
};

const writeNote = async (note) => (await caches.open(kNotes)).put(kNote, new Response(JSON.stringify(note)));

const hexOf = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

// A name that carries a hash may come from anywhere, another build's cache included; others pass the browser's cache by.
const take = async (cache, url, sha256) => {
  const hashed = url.startsWith('/assets/');
  const stored = hashed ? await caches.match(url) : undefined;
  const response = stored ?? (await fetch(url, { cache: hashed ? 'default' : 'no-cache', credentials: 'same-origin' }));
  if (!response.ok) throw new Error(`${url}: status ${response.status}`);
  const found = hexOf(await crypto.subtle.digest('SHA-256', await response.clone().arrayBuffer()));
  if (found !== sha256) throw new Error(`${url} is not what the build holds: SHA-256 ${found}, not ${sha256}`);
  await cache.put(url, response);
};

const fetchManifest = async () => {
  const response = await fetch('/manifest.json', { cache: 'no-cache', credentials: 'same-origin' });
  if (!response.ok) throw new Error(`/manifest.json: status ${response.status}`);
  return response.json();
};

const takeBuild = async ({ name, files }) => {
  const cache = await caches.open(kBuilds + name);
  const wanted = Object.entries(files).filter(([, file]) => file.sha256 !== undefined);
  try {
    await Promise.all(wanted.map(([url, { sha256 }]) => take(cache, url, sha256)));
  } catch (error) {
    await caches.delete(kBuilds + name);
    throw error;
  }
};

const forgetOthers = async (note) => {
  const kept = new Set(Object.values(note).map((name) => kBuilds + name));
  for (const name of await caches.keys()) {
    if (name.startsWith(kBuilds) && !kept.has(name)) await caches.delete(name);
  }
};

// One at a time: two tabs may ask at once.
let last = Promise.resolve();
const inTurn = (work) => {
  last = last.catch(() => {}).then(work);
  return last;
};

// Takes the server's build in, if it is another one. Returns the newest build that is here.
const check = async () => {
  const manifest = await fetchManifest();
  const note = await readNote();
  if (manifest.name === note?.ready || (manifest.name === note?.current && note.ready === null)) return manifest.name;
  const isCurrent = manifest.name === note?.current; // and another one that waited was withdrawn
  if (!isCurrent) await takeBuild(manifest);
  const now = note ? { ...note, ready: isCurrent ? null : manifest.name } : { current: manifest.name, ready: null, previous: null };
  await writeNote(now);
  await forgetOthers(now);
  return manifest.name;
};

// A tab starts: what is ready is now current. What was current stays for the tabs that still run it.
const start = async () => {
  const note = await readNote();
  if (note === null || note.ready === null) return note;
  const now = { current: note.ready, ready: null, previous: note.current };
  await writeNote(now);
  return now;
};

const answerStart = async (request) => {
  const note = await inTurn(start);
  const page = note && (await (await caches.open(kBuilds + note.current)).match(kPage));
  return page ?? fetch(request);
};

const answerFile = async (request, path) => {
  const note = await readNote();
  const own = note && (await (await caches.open(kBuilds + note.current)).match(path));
  return own ?? (await caches.match(path)) ?? fetch(request);
};

// Only what belongs to a build by its place: the rest of the server is the server's.
const isFile = (path) => path.startsWith('/assets/') || path.startsWith('/icons/') || path === '/app.webmanifest' || path === '/verify.html';

self.addEventListener('install', (event) => event.waitUntil(inTurn(check)));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => {
  if (event.data?.t !== 'check') return;
  const answer = inTurn(check).then(
    (newest) => event.source.postMessage({ t: 'build', newest }),
    () => {}, // no network, or a build that is not what it says: the next check may bring it
  );
  event.waitUntil(answer);
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate' && url.pathname === kPage) event.respondWith(answerStart(request));
  else if (isFile(url.pathname)) event.respondWith(answerFile(request, url.pathname));
});
