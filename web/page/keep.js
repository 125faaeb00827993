// Asks the browser to keep the store when space is short. Chrome decides silently, Firefox asks the person: so it is
// asked with the first press of a key or a button, not on arrival.

// answered(kept): as it stands now, and again when it changed.
export const askToKeep = async (answered) => {
  const storage = navigator.storage;
  if (!storage?.persist) return answered(false);
  if (await storage.persisted()) return answered(true);
  answered(false);
  const ask = async () => {
    removeEventListener('pointerdown', ask, true);
    removeEventListener('keydown', ask, true);
    if (await storage.persist()) answered(true);
  };
  addEventListener('pointerdown', ask, true);
  addEventListener('keydown', ask, true);
};
