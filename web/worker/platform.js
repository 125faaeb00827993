// What web/platform/imports.js calls: the wishes of the desk, handed to where they are fulfilled. Effects that others
// can see (messages, requests) go through `gate`, so that none overtakes the store.

import { readTexts } from './records.js';

const kMirrorMs = 100;

// parts: { post, gate, frames, presenter, requests, live, semantics(): sends the mirror's patch }
export const makePlatform = (parts) => {
  const { post, gate } = parts;
  const tell = (message, transfer) => gate(() => post(message, transfer));
  const mirror = makeThrottle(kMirrorMs, () => parts.semantics());
  return {
    setCursor: (shape) => tell({ t: 'cursor', shape }),
    setTextInput: (on, x, y, lineHeight, multiline) =>
      tell({ t: 'text-input', on: on !== 0, x, y, lineHeight, multiline: multiline !== 0 }),
    writeClipboard: (text) => tell({ t: 'copy', text }),
    setLocation: (location, replace) => tell({ t: 'location', location, replace }),
    setTitle: (title) => tell({ t: 'title', title }),
    announce: (sentence) => tell({ t: 'announce', sentence }),
    saveFile: (record) => {
      const [name, bytes] = readTexts(record, [1]);
      tell({ t: 'save', name, bytes });
    },
    openFile: (ending) => tell({ t: 'open-file', ending }),
    wantFrame: (delayMs) => parts.frames.want(delayMs),
    semanticsChanged: () => mirror.changed(),
    showSemantics: (patch) => tell({ t: 'mirror', patch }, [patch.buffer]),
    failed: (sentence) => parts.failed(sentence),
    send: (id, record) => gate(() => parts.requests.send(id, record)),
    follow: (path) => parts.live.follow(path),
    present: (pixels, width, height, rects) => parts.presenter.present(pixels, width, height, rects),
    mirrorPending: () => mirror.pending(),
  };
};

// Runs at once, then at most every `ms` while changes go on; the last one is never left out. Runs outside of the call
// that reported the change: the module is not entered twice.
const makeThrottle = (ms, run) => {
  let timer = null;
  let last = -Infinity;
  return {
    changed() {
      if (timer !== null) return;
      timer = setTimeout(() => {
        timer = null;
        last = performance.now();
        run();
      }, Math.max(0, last + ms - performance.now()));
    },
    pending: () => timer !== null,
  };
};
