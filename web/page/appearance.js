// Light or dark, more contrast, less motion: as the person's system says, and when it changes.

const kQueries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more), (forced-colors: active)', '(prefers-reduced-motion: reduce)'];

// changed(dark, moreContrast, reducedMotion), also once at the start.
export const watchAppearance = (changed) => {
  const lists = kQueries.map((query) => matchMedia(query));
  const tell = () => changed(...lists.map((list) => list.matches));
  for (const list of lists) list.addEventListener('change', tell);
  tell();
};
