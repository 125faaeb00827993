// "Use it here" loads the page anew; this carries the wish across.

const kKey = 'countersign-take-over';

export const claimNext = () => {
  try {
    sessionStorage.setItem(kKey, '1');
  } catch {
    // No storage for this frame: the person is asked once more.
  }
};

// Whether the last page asked for it. True once.
export const claimed = () => {
  try {
    const wish = sessionStorage.getItem(kKey) !== null;
    sessionStorage.removeItem(kKey);
    return wish;
  } catch {
    return false;
  }
};
