// The worker: the whole application runs here. Page and worker talk by the messages of web/protocol.md.

import { browserClock, Frames } from './frames.js';
import { openFiles } from './files/open.js';
import { Gate } from './gate.js';
import { Holder } from './holder.js';
import { Live } from './live.js';
import { compileModule, CountersignModule } from './module.js';
import { makePlatform } from './platform.js';
import { Presenter, probe } from './presenter.js';
import { Requests } from './requests.js';

const kStorageKinds = ['file', 'indexed_db', 'memory']; // shell/platform/storage.h
const kProgressStep = 0.02;

const post = (message, transfer) => self.postMessage(message, transfer ?? []);

let module = null;
let files = null;
let kept = false;
let queue = []; // input that came before the module was there
let firstFrame = null;
let ended = false;
const marks = {};
const mark = (name) => (marks[name] = performance.now());

const fail = (code, detail) => {
  frames.suspend();
  post({ t: 'failed', code, detail: String(detail ?? '') });
};

const gate = new Gate((error) => {
  if (error.overtaken) return void giveUp();
  fail('not-saved', `${error.name}: ${error.message}`);
});

const clock = browserClock((handle) => post({ t: 'frame-please', handle }));
const frames = new Frames(() => {
  presenter.beforeFrame();
  module.frame();
  firstFrame?.();
}, clock);

const presenter = new Presenter({
  gl: () => module.gl,
  use: (kind) => {
    module.useRenderer(kind);
    frames.resume();
    frames.want(0);
  },
  lost: () => frames.suspend(),
  needCanvas: (reason) => post({ t: 'need-canvas', reason }),
});

const requests = new Requests(
  (id, status, type, body) => module.answered(id, status, type, body),
  (id, sentence) => module.failed(id, sentence),
);
const live = new Live(() => module?.poke());

const platform = makePlatform({
  post,
  gate: (effect) => gate.run(effect),
  frames,
  presenter,
  requests,
  live,
  semantics: () => module.sendSemantics(),
  failed: (sentence) => fail('refused', sentence),
});

// Flushes and closes everything; another tab, or a new version, has the store from here on.
const shutDown = async () => {
  ended = true;
  frames.suspend();
  live.follow('');
  const closed = module === null || module.dead || module.close();
  await gate.settled();
  module = null;
  files?.close();
  files = null;
  return closed;
};

const giveUp = async () => {
  await shutDown();
  post({ t: 'given-up' });
};

const holder = new Holder(giveUp, { silent: () => post({ t: 'silent' }) });

const progressOf = () => {
  let told = 0;
  return (part) => {
    if (part - told < kProgressStep && part < 1) return;
    told = part;
    post({ t: 'progress', part });
  };
};

const start = async ({ canvas, wasm, wasmBytes, renderer, size }) => {
  mark('begin');
  const compiling = compileModule(wasm, wasmBytes, progressOf()).then((compiled) => (mark('compiled'), compiled));
  compiling.catch(() => {});
  const choice = probe(renderer);
  mark('probed');
  await holder.acquire(() => post({ t: 'elsewhere' }));
  post({ t: 'here' });
  const opened = await openFiles();
  if (ended) return void opened.close();
  files = opened;
  gate.use(files);
  mark('opened');
  const loaded = await CountersignModule.create(await compiling, {
    platform,
    files,
    crashed: (text) => fail('crashed', files?.lastError ? `${text} (${files.lastError})` : text),
    afterCall: () => gate.afterCall(),
  });
  mark('instantiated');
  if (ended) return;
  if (!loaded.start(kStorageKinds.indexOf(files.kind), kept)) return;
  module = loaded;
  mark('started');
  presenter.setSize(...size);
  presenter.attach(canvas, choice.kind, choice.reason);
  for (const bytes of queue) module.input(bytes);
  queue = [];
  firstFrame = () => {
    firstFrame = null;
    mark('first frame');
    post({ t: 'ready', renderer: presenter.kind, reason: presenter.reason, storage: files?.kind, marks });
  };
  frames.want(0);
};

const onInput = ({ records }) => {
  const bytes = new Uint8Array(records);
  if (module === null) return void queue.push(bytes);
  module.input(bytes);
  frames.want(0);
};

const onVisible = ({ visible }) => {
  frames.setVisible(visible);
  live.setVisible(visible);
};

const onKept = ({ kept: answer }) => {
  kept = answer;
  module?.storageChanged(kStorageKinds.indexOf(files.kind), kept);
};

// A new canvas after a lost graphics card.
const onCanvas = ({ canvas }) => {
  if (module !== null) presenter.attach(canvas, 'cpu', 'the graphics card was lost');
};

// Which file the person chose; or why it was not read.
const onFile = ({ name, bytes, problem }) => {
  if (module === null) return;
  if (problem === undefined) module.fileOpened(name, new Uint8Array(bytes));
  else module.fileRefused(name, problem);
  frames.want(0);
};

const onClose = async () => {
  const closed = await shutDown();
  holder.release();
  post({ t: 'closed', closed });
};

// Questions of tests (web/page/hooks.js).
const stats = () => ({
  frames: frames.count,
  framePending: frames.pending,
  renderer: presenter.kind,
  reason: presenter.reason,
  storage: files?.kind ?? null,
  canvas: presenter.size,
  heapBytes: module?.heapBytes ?? 0,
  live: live.state,
  marks,
});

const isIdle = () =>
  module !== null && firstFrame === null && !frames.pending && !platform.mirrorPending() && requests.waiting === 0 && gate.idle;

const onAsk = async ({ id, what, argument }) => {
  if (what === 'idle') while (!isIdle()) await new Promise((done) => setTimeout(done, 5));
  if (what === 'lose-context') presenter.loseContext(argument === 'restore');
  post({ t: 'answer', id, value: stats() });
};

const handlers = {
  start: (message) => start(message).catch((error) => fail(error.code ?? 'start', error.message ?? error)),
  input: onInput,
  size: ({ width, height }) => presenter.setSize(width, height),
  visible: onVisible,
  online: () => {
    live.retryNow();
    module?.poke();
  },
  kept: onKept,
  canvas: onCanvas,
  frame: ({ handle }) => clock.pageAnswered(handle),
  file: onFile,
  'take-over': () => holder.takeOver(),
  close: onClose,
  ask: onAsk,
};

self.onmessage = ({ data }) => handlers[data.t](data);
