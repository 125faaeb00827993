// The desk and its server: requests with their answers, what brings none, and the live channel.
import assert from 'node:assert/strict';
import test from 'node:test';
import { until } from './lib/app.mjs';
import { openApp, setUp } from './lib/stand_in.mjs';

const world = await setUp();
const { server } = world;

const inApp = (title, body) =>
  test(title, async () => {
    const app = await openApp(world);
    await app.find('textbox', 'Reason').fill('gas – ä');
    await app.idle();
    await body(app);
    await app.page.close();
  });

inApp('a request carries method, type, cookie and body, and its answer comes back', async (app) => {
  await app.page.context().addCookies([{ name: 'session', value: 's1', url: server.origin }]);
  let seen;
  server.api = (request, body, response) => {
    seen = [request.method, request.url, request.headers['content-type'], request.headers.cookie, body.toString('utf8')];
    response.writeHead(201, { 'content-type': 'text/plain' }).end('made – ü');
  };
  await app.click('button', 'Send');
  await app.sees('Answer: 201 made – ü');
  assert.deepEqual(seen, ['POST', '/api/echo', 'application/json', 'session=s1', '{"reason":"gas – ä"}']);
});

inApp('an answer of any status is an answer', async (app) => {
  server.api = (request, body, response) => response.writeHead(503).end('later');
  await app.click('button', 'Send');
  await app.sees('Answer: 503 later');
});

inApp('a connection that breaks, a redirect, and a device without network are not', async (app) => {
  server.api = (request) => request.socket.destroy();
  await app.click('button', 'Send');
  await app.sees('Answer: The server cannot be reached.');
  server.api = (request, body, response) => response.writeHead(302, { location: '/' }).end();
  await app.click('button', 'Send');
  await app.sees('Answer: The server cannot be reached.');
});

inApp('news from the server pokes the desk, and a lost channel comes back by itself', async (app) => {
  const pokes = async () => Number(/poked (\d+)/.exec(await app.page.locator('#mirror').textContent())?.[1] ?? 0);
  await until('the live channel', () => server.liveConnections === 1);
  const before = await pokes();
  server.poke();
  await until('the poke', async () => (await pokes()) > before);
  const lost = await pokes();
  server.dropLive();
  await until('the channel again', () => server.liveConnections === 1);
  await until('the poke of coming back', async () => (await pokes()) > lost);
});
