// The page: puts the parts together and starts the desk. Everything heavy happens in the worker.

import { watchAppearance } from './appearance.js';
import { claimed, claimNext } from './claim.js';
import { Clipboard } from './clipboard.js';
import { Cover } from './cover.js';
import { installHooks } from './hooks.js';
import { Keyboard } from './keyboard.js';
import { currentLocation, watchLocation } from './location.js';
import { missing } from './missing.js';
import { Mirror } from './mirror.js';
import { Notice } from './notice.js';
import { Outbox } from './outbox.js';
import { Pointer } from './pointer.js';
import { registerServiceWorker } from './service.js';
import { Session } from './session.js';
import { Spoken } from './spoken.js';
import { Surface } from './surface.js';
import { TextAgent } from './text_agent.js';

const find = (id) => document.getElementById(id);
const build = JSON.parse(find('build').textContent);
const options = new URLSearchParams(location.search);

const view = find('view');
const cover = new Cover();
const spoken = new Spoken();
const notice = new Notice(spoken);

let session = null;
const outbox = new Outbox((message, transfer) => session?.post(message, transfer));
const agent = new TextAgent({ view, agent: find('agent'), outbox });
const mirror = new Mirror({ root: find('mirror'), view, holders: [view, agent.element], outbox });
const isField = (element) => mirror.isField(element);
const clipboard = new Clipboard({ view, outbox, isField, refused: () => notice.show('copy-refused') });
new Keyboard({ view, outbox, isAgent: (element) => element === agent.element, isField, clipboard });
new Pointer({ view, outbox, fieldAt: (x, y) => mirror.fieldAt(x, y), focusAgent: () => agent.focus() });

const tellSize = ({ width, height, deviceWidth, deviceHeight, scale }) => {
  session?.post({ t: 'size', width: deviceWidth, height: deviceHeight });
  outbox.now((writer) => writer.resized(width, height, scale));
};
const surface = new Surface(view, tellSize);

let dark = [false, false, false];
watchAppearance((...now) => {
  dark = now;
  outbox.now((writer) => writer.appearance(...now));
});
watchLocation((place) => outbox.now((writer) => writer.location(place)));

let focused = false;
const tellFocus = () => {
  const now = document.hasFocus() && view.contains(document.activeElement);
  if (now === focused) return;
  focused = now;
  outbox.now((writer) => writer.focus(now));
};
for (const type of ['focusin', 'focusout']) view.addEventListener(type, () => queueMicrotask(tellFocus));
for (const type of ['focus', 'blur']) addEventListener(type, tellFocus);

document.addEventListener('visibilitychange', () => {
  const visible = document.visibilityState === 'visible';
  outbox.now((writer) => writer.visibility(visible));
  outbox.flush();
  session?.post({ t: 'visible', visible });
});
addEventListener('online', () => session?.post({ t: 'online' }));

const reload = () => location.reload();

const ready = (info) => {
  cover.hide();
  view.removeAttribute('aria-busy');
  view.focus({ preventScroll: true });
  tellFocus();
  performance.mark('countersign-ready');
  if (info.storage === 'memory') notice.show('memory');
};

// Every way on begins with a fresh page: it may be of a newer build than this one.
const stopped = (code, detail) => {
  session = null;
  view.setAttribute('aria-busy', 'true');
  cover.sentence(code, detail, () => {
    if (code === 'moved') claimNext();
    reload();
  });
};

const start = (takeOver) => {
  cover.loading();
  focused = false;
  session = new Session(
    {
      build, view, surface, agent, clipboard, mirror, spoken, ready, stopped,
      progress: (part) => cover.progress(part),
      elsewhere: (claim) => (takeOver ? claim() : cover.sentence('elsewhere', '', () => (cover.loading(), claim()))),
      silent: (claim) => cover.sentence('silent', '', () => (cover.loading(), claim())),
      here: () => cover.loading(),
    },
    { renderer: options.get('renderer') ?? 'auto' },
  );
  // What the desk must know before its first frame.
  tellSize(surface.measure());
  outbox.now((writer) => {
    writer.appearance(...dark);
    writer.visibility(document.visibilityState === 'visible');
    writer.location(currentLocation());
  });
};

// The new build comes with the next start. A desk that cannot flush is left as it is.
const update = async () => {
  if (session === null || (await session.close())) reload();
};

const begin = () => {
  const lacking = missing();
  if (lacking !== null) return cover.sentence(lacking, '', undefined);
  start(claimed());
  registerServiceWorker(build.name, () => notice.show('update', update));
};

if (options.get('test') === '1') installHooks(() => session, mirror);
begin();
