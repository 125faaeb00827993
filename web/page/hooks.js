// For tests, with `?test=1`: questions to the worker. Reads only, but for losing the graphics card on purpose.

// Times each patch of the mirror, layout included.
const timed = (mirror, times) => {
  const apply = mirror.apply.bind(mirror);
  mirror.apply = (bytes) => {
    const begin = performance.now();
    apply(bytes);
    void document.body.offsetHeight;
    times.push(performance.now() - begin);
  };
};

// session(): the running one, or null.
export const installHooks = (session, mirror) => {
  const mirrorTimes = [];
  timed(mirror, mirrorTimes);
  globalThis.countersign = {
    mirrorTimes,
    // Resolves with the worker's numbers when no frame is wanted, nothing is in flight and the mirror is true.
    idle: () => session().ask('idle'),
    stats: () => session().ask('stats'),
    loseContext: (restore) => session().ask('lose-context', restore ? 'restore' : ''),
  };
};
