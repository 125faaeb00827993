// Set-up of the platform's tests: the stand-in's site on a small server, and a browser.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, afterEach } from 'node:test';
import { fileURLToPath } from 'node:url';
import { App } from './app.mjs';
import { Browser } from './chromium.mjs';
import { SiteServer } from './site_server.mjs';
import { skip } from './skip.mjs';

export const repository = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
export const standInSite = process.env.COUNTERSIGN_STAND_IN_SITE ?? join(repository, 'build/web/stand_in_site');

if (!existsSync(join(standInSite, 'manifest.json'))) skip(`no site in ${standInSite}; build the web preset first`);

// A server and a browser for a whole file; both end with it.
export const setUp = async (options = {}) => {
  const server = await SiteServer.start(standInSite);
  const browser = await Browser.launch(options);
  // A test that failed leaves its tab, which would hold the store.
  afterEach(() => browser.closePages());
  after(async () => {
    await browser.close();
    await server.stop();
  });
  return { server, browser };
};

export const address = (server, query = '', origin = server.origin) => `${origin}/?test=1${query}`;

export const openApp = ({ browser, server }, query = '', options = {}) =>
  StandIn.ready(browser, address(server, query, options.origin), options);

// The stand-in's own widgets.
export const StandIn = {
  open: async (browser, url, options) => Object.assign(await App.open(browser, url, options), { decisions, events, eventsOf }),
  ready: async (browser, url, options) => {
    const app = await StandIn.open(browser, url, options);
    await app.isReady();
    return app;
  },
};

async function decisions() {
  return Number(/^\d+/.exec(await this.page.locator('#mirror').getByRole('status').textContent())[0]);
}

// The lines of input that the desk has logged, oldest first.
async function events() {
  await this.idle();
  return (await this.page.locator('#mirror').getByRole('document', { name: 'Events' }).textContent()).trim().split('\n');
}

// What `act` makes the desk log.
async function eventsOf(act) {
  const before = await this.events();
  await act();
  const now = await this.events();
  // The log keeps the last lines only: find how far it was pushed up.
  for (let gone = 0; gone <= before.length; gone += 1) {
    const kept = before.slice(gone);
    if (kept.every((line, i) => line === now[i])) return now.slice(kept.length);
  }
  return now;
}
