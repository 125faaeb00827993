// A small server for a site folder, with the headers that its manifest asks for, and an API that echoes: what the
// platform's tests need of a server. The product's own is native/server.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

export class SiteServer {
  #server;
  #folder;
  #manifest;
  #live = new Set();
  #sockets = new Set();
  requests = [];
  port = 0;
  // Answers the API; a test may put its own in place. (request, body, response) => void
  api = (request, body, response) => {
    response.writeHead(200, { 'content-type': request.headers['content-type'] ?? 'text/plain' });
    response.end(body);
  };

  static async start(folder, port = 0, host = '127.0.0.1') {
    const self = new SiteServer();
    self.use(folder);
    self.#server = createServer((request, response) => self.#answer(request, response));
    self.#server.on('connection', (socket) => {
      self.#sockets.add(socket);
      socket.on('close', () => self.#sockets.delete(socket));
    });
    await new Promise((done, failed) => self.#server.once('error', failed).listen(port, host, done));
    self.port = self.#server.address().port;
    return self;
  }

  // Another build from now on.
  use(folder) {
    this.#folder = folder;
    this.#manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  }

  get build() {
    return this.#manifest.name;
  }

  get origin() {
    return `http://localhost:${this.port}`;
  }

  get liveConnections() {
    return this.#live.size;
  }

  poke() {
    for (const response of this.#live) response.write('event: poke\ndata: 1\n\n');
  }

  dropLive() {
    for (const response of this.#live) response.destroy();
  }

  // As a server that is gone: open connections end as well.
  async stop() {
    const closed = new Promise((done) => this.#server.close(done));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async #answer(request, response) {
    const path = new URL(request.url, this.origin).pathname;
    this.requests.push(`${request.method} ${path}`);
    if (path.startsWith('/api/')) return this.#answerApi(path, request, response);
    const entry = this.#manifest.files[path];
    if (entry === undefined) return response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
    const accepted = request.headers['accept-encoding'] ?? '';
    const encoding = entry.br && /\bbr\b/.test(accepted) ? 'br' : entry.gz && /\bgzip\b/.test(accepted) ? 'gz' : '';
    const headers = { ...this.#manifest.headers, 'content-type': entry.type, 'cache-control': entry.cache, vary: 'accept-encoding' };
    if (encoding) headers['content-encoding'] = encoding === 'gz' ? 'gzip' : 'br';
    const bytes = readFileSync(join(this.#folder, entry.file + (encoding ? `.${encoding}` : '')));
    response.writeHead(200, { ...headers, 'content-length': bytes.length }).end(bytes);
  }

  async #answerApi(path, request, response) {
    if (path === '/api/live') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(': hello\n\n');
      this.#live.add(response);
      response.on('close', () => this.#live.delete(response));
      return;
    }
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    this.api(request, Buffer.concat(pieces), response);
  }
}
