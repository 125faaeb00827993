// The desk's requests by fetch(): same origin, with the session's cookie, never from a cache, never followed elsewhere.

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
      const response = await fetch(path, {
        method,
        body: method === 'GET' || method === 'HEAD' ? undefined : body,
        headers: contentType === '' ? {} : { 'content-type': contentType },
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
