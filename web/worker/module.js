// The wasm module: loading it with real progress, and calling its exports. Every call is guarded: an abort or a trap
// ends the session with a page that says so, never with a silent half-dead desk.

import createCountersign from './countersign.mjs';
import { encodeText, writeTexts } from './records.js';

// The original response goes to the compiler (which may then use its code cache); a clone is counted. `bytes` is the
// module's size as the build knows it: content-length would be that of the compressed body.
export const compileModule = async (url, bytes, progress) => {
  const response = await fetch(url, { credentials: 'same-origin' });
  if (!response.ok) throw Object.assign(new Error(`${url}: status ${response.status}`), { code: 'download' });
  const counted = response.clone();
  const compiled = WebAssembly.compileStreaming(response);
  compiled.catch(() => {}); // awaited below
  let done = 0;
  for (const reader = counted.body.getReader(); ; ) {
    const piece = await reader.read();
    if (piece.done) break;
    done += piece.value.length;
    progress(Math.min(1, done / bytes));
  }
  return compiled;
};

export class CountersignModule {
  #module;
  #crashed;
  #afterCall;
  #dead = false;

  // crashed(text) once; afterCall() after every call.
  static async create(compiled, { platform, files, crashed, afterCall }) {
    const self = new CountersignModule();
    self.#crashed = crashed;
    self.#afterCall = afterCall;
    let lastLine = '';
    self.#module = await createCountersign({
      instantiateWasm: (imports, done) => {
        WebAssembly.instantiate(compiled, imports).then((instance) => done(instance, compiled), (error) => self.#die(error, ''));
        return {};
      },
      printErr: (line) => {
        if (!line.startsWith('Aborted(')) lastLine = line; // the line before says why
        console.error(line);
      },
      platform,
      files,
    });
    self.#lastLine = () => lastLine;
    return self;
  }

  #lastLine = () => '';

  get gl() {
    return this.#module.GL;
  }

  get dead() {
    return this.#dead;
  }

  start(kind, kept) {
    return this.#call('_cs_start', kind, kept ? 1 : 0) === 1;
  }

  input(bytes) {
    this.#fill(bytes);
    this.#call('_cs_input');
  }

  frame() {
    this.#call('_cs_frame');
  }

  sendSemantics() {
    this.#call('_cs_semantics');
  }

  poke() {
    this.#call('_cs_poke');
  }

  storageChanged(kind, kept) {
    this.#call('_cs_storage_changed', kind, kept ? 1 : 0);
  }

  useRenderer(kind) {
    this.#call('_cs_use_renderer', kind === 'webgl2' ? 1 : 0);
  }

  answered(id, status, contentType, body) {
    this.#fill(writeTexts(contentType, body));
    this.#call('_cs_transport_done', id, status);
  }

  failed(id, sentence) {
    this.#fill(encodeText(sentence));
    this.#call('_cs_transport_failed', id);
  }

  fileOpened(name, bytes) {
    this.#fill(writeTexts(name, bytes));
    this.#call('_cs_file_opened');
  }

  fileRefused(name, sentence) {
    this.#fill(writeTexts(name, sentence));
    this.#call('_cs_file_refused');
  }

  close() {
    return this.#call('_cs_close') === 1;
  }

  get heapBytes() {
    return this.#module.HEAPU8.length;
  }

  #fill(bytes) {
    const at = this.#call('_cs_buffer', bytes.length);
    if (at !== undefined) this.#module.HEAPU8.set(bytes, at);
  }

  #call(name, ...args) {
    if (this.#dead) return undefined;
    try {
      return this.#module[name](...args);
    } catch (error) {
      this.#die(error, this.#lastLine());
      return undefined;
    } finally {
      this.#afterCall();
    }
  }

  #die(error, lastLine) {
    this.#dead = true;
    this.#crashed(lastLine === '' ? String(error) : lastLine);
  }
}
