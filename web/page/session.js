// One run of the desk: its worker, its canvas, and the messages of web/protocol.md between them and the page.

import { askToKeep } from './keep.js';
import { openFile } from './open_file.js';
import { saveFile } from './save_file.js';
import { setLocation } from './location.js';
import { scriptUrl } from './trusted.js';

const kCursors = ['default', 'text', 'pointer', 'ew-resize', 'ns-resize', 'not-allowed']; // shell/platform/host.h

export class Session {
  #worker;
  #parts;
  #questions = new Map();
  #lastQuestion = 0;
  #closed = null;

  // parts: { build, view, surface, agent, clipboard, mirror, spoken, ready(info), progress(part), stopped(code, detail) }
  constructor(parts, options) {
    this.#parts = parts;
    const { build, surface } = parts;
    this.#worker = new Worker(scriptUrl(build.worker), { type: 'module', name: 'countersign' });
    let heard = false;
    this.#worker.onmessage = ({ data }) => {
      heard = true;
      this.#handlers[data.t](data);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault?.();
      const notEvenRead = !heard && /SyntaxError|import|export/.test(event.message ?? '');
      this.#stop(notEvenRead ? 'no-module-worker' : heard ? 'start' : 'download', event.message ?? 'the worker did not come');
    };
    const { deviceWidth, deviceHeight } = surface.measure();
    const canvas = surface.renew();
    this.post(
      { t: 'start', canvas, wasm: build.wasm, wasmBytes: build.wasmBytes, renderer: options.renderer, size: [deviceWidth, deviceHeight] },
      [canvas],
    );
    this.post({ t: 'visible', visible: document.visibilityState === 'visible' });
    askToKeep((kept) => this.post({ t: 'kept', kept }));
  }

  post(message, transfer = []) {
    this.#worker.postMessage(message, transfer);
  }

  end() {
    this.#worker.terminate();
    this.#parts.mirror.clear();
  }

  // Flushes and closes the store; resolves true when that went well.
  close() {
    return new Promise((resolve) => {
      this.#closed = resolve;
      this.post({ t: 'close' });
    });
  }

  ask(what, argument) {
    this.#lastQuestion += 1;
    const id = this.#lastQuestion;
    return new Promise((resolve) => {
      this.#questions.set(id, resolve);
      this.post({ t: 'ask', id, what, argument });
    });
  }

  #stop(code, detail) {
    this.end();
    this.#parts.stopped(code, detail);
  }

  #handlers = {
    progress: ({ part }) => this.#parts.progress(part),
    elsewhere: () => this.#parts.elsewhere(() => this.post({ t: 'take-over' })),
    silent: () => this.#parts.silent(() => this.post({ t: 'take-over' })),
    here: () => this.#parts.here(),
    ready: (info) => this.#parts.ready(info),
    failed: ({ code, detail }) => this.#stop(code, detail),
    'given-up': () => this.#stop('moved', ''),
    closed: ({ closed }) => this.#closed?.(closed),
    cursor: ({ shape }) => (this.#parts.view.style.cursor = kCursors[shape]),
    'text-input': (message) => this.#parts.agent.show(message),
    copy: ({ text }) => this.#parts.clipboard.write(text),
    location: ({ location, replace }) => setLocation(location, replace),
    title: ({ title }) => (document.title = title),
    announce: ({ sentence }) => this.#parts.spoken.politely(sentence),
    save: ({ name, bytes }) => saveFile(name, bytes),
    'open-file': ({ ending }) =>
      openFile(ending, (file) => this.post({ t: 'file', ...file }, file.bytes === undefined ? [] : [file.bytes])),
    mirror: ({ patch }) => this.#parts.mirror.apply(patch),
    'need-canvas': () => {
      const canvas = this.#parts.surface.renew();
      this.post({ t: 'canvas', canvas }, [canvas]);
    },
    'frame-please': ({ handle }) => requestAnimationFrame(() => this.post({ t: 'frame', handle })),
    answer: ({ id, value }) => {
      this.#questions.get(id)?.(value);
      this.#questions.delete(id);
    },
  };
}
