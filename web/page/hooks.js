// For tests, with `?test=1`: questions to the worker. Reads only, but for losing the graphics card on purpose.

// session(): the running one, or null.
export const installHooks = (session) => {
  globalThis.countersign = {
    // Resolves with the worker's numbers when no frame is wanted, nothing is in flight and the mirror is true.
    idle: () => session().ask('idle'),
    stats: () => session().ask('stats'),
    loseContext: (restore) => session().ask('lose-context', restore ? 'restore' : ''),
  };
};
