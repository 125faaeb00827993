// The desk's requests by fetch(): same origin, with the session's cookie, never from a cache, never followed elsewhere.
// Bodies that are worth it go as gzip; answers that come so are unpacked by the browser.

import { pack } from './packing.js';
import { readTexts } from './records.js';

const kTimeoutMs = 30000;

export class Requests {
  #answered;
  #failed;
  #timeoutMs;
  waiting = 0;

  // answered(id, status, contentType, body: Uint8Array), failed(id, sentence)
  constructor(answered, failed, timeoutMs = kTimeoutMs) {
    this.#answered = answered;
    this.#failed = failed;
    this.#timeoutMs = timeoutMs;
  }

  async send(id, record) {
    const [method, path, contentType, body] = readTexts(record, [3]);
    this.waiting += 1;
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), this.#timeoutMs);
    try {
      const packed = method === 'GET' || method === 'HEAD' ? null : await pack(body);
      const headers = contentType === '' ? {} : { 'content-type': contentType };
      if (packed !== null) headers['content-encoding'] = 'gzip';
      const response = await fetch(path, {
        method,
        body: method === 'GET' || method === 'HEAD' ? undefined : packed ?? body,
        headers,
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'error',
        signal: giveUp.signal,
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      this.waiting -= 1;
      this.#answered(id, response.status, response.headers.get('content-type') ?? '', bytes);
    } catch {
      this.waiting -= 1;
      this.#failed(id, this.#sentence(giveUp.signal.aborted));
    } finally {
      clearTimeout(timer);
    }
  }

  #sentence(timedOut) {
    if (timedOut) return `The server did not answer within ${Math.round(this.#timeoutMs / 1000)} seconds.`;
    if (navigator.onLine === false) return 'This device is offline.';
    return 'The server cannot be reached.';
  }
}
