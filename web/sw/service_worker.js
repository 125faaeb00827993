// Opens the desk without network. The build writes `kBuild` in front of this file: the build's name and the files it
// consists of, each with its SHA-256, so that a changed build is a changed service worker.
//
// A build is taken in whole or not at all: every file is checked before the new version counts as installed. Old and
// new builds keep caches of their own side by side, so that a tab of the old one finds its files until it ends.
// Requests to the API are never looked at.
/* global kBuild: { name, files: [{ url, sha256 }] } */

const kPrefix = 'countersign-';
const kCache = kPrefix + kBuild.name;
const kPage = '/';
const kBuildsKept = 2;

const hexOf = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

// From the network past the browser's cache for names that stay the same, from anywhere for names that carry a hash.
const take = async (cache, { url, sha256 }) => {
  const hashed = url.startsWith('/assets/');
  const stored = hashed ? await caches.match(url) : undefined;
  const response = stored ?? (await fetch(url, { cache: hashed ? 'default' : 'no-cache', credentials: 'same-origin' }));
  if (!response.ok) throw new Error(`${url}: status ${response.status}`);
  const found = hexOf(await crypto.subtle.digest('SHA-256', await response.clone().arrayBuffer()));
  if (found !== sha256) throw new Error(`${url} is not what the build holds: SHA-256 ${found}, not ${sha256}`);
  await cache.put(url, response);
};

const install = async () => {
  const cache = await caches.open(kCache);
  try {
    await Promise.all(kBuild.files.map((file) => take(cache, file)));
  } catch (error) {
    await caches.delete(kCache);
    throw error;
  }
};

// The newest builds stay; their order is that of their making.
const activate = async () => {
  const builds = (await caches.keys()).filter((name) => name.startsWith(kPrefix) && name !== kCache);
  const old = builds.slice(0, Math.max(0, builds.length - (kBuildsKept - 1)));
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
};

const answer = async (request, url) => {
  const own = await caches.open(kCache);
  const cached = (await own.match(url)) ?? (await caches.match(url));
  return cached ?? fetch(request);
};

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));

self.addEventListener('message', (event) => {
  if (event.data?.t === 'activate') self.skipWaiting();
});

const kOurs = new Set(kBuild.files.map((file) => file.url));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || url.pathname.startsWith('/api/')) return;
  if (request.mode === 'navigate') {
    if (url.pathname === kPage) event.respondWith(answer(request, kPage));
  } else if (kOurs.has(url.pathname) || url.pathname.startsWith('/assets/')) {
    event.respondWith(answer(request, url.pathname));
  }
});
