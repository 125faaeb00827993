// The address bar names the screen: its fragment, without '#'. The query stays as it is.

export const currentLocation = () => {
  try {
    return decodeURI(location.hash.slice(1));
  } catch {
    return ''; // somebody typed a '%' that encodes nothing
  }
};

// changed(location): back, forward, or a person's edit; never what setLocation did.
export const watchLocation = (changed) => {
  let told = location.hash;
  addEventListener('popstate', () => {
    told = location.hash;
    changed(currentLocation());
  });
  addEventListener('hashchange', () => {
    if (location.hash === told) return; // popstate has told
    told = location.hash;
    changed(currentLocation());
  });
};

export const setLocation = (place, replace) => {
  const url = `${location.pathname}${location.search}#${encodeURI(place)}`;
  if (replace) history.replaceState(null, '', url);
  else history.pushState(null, '', url);
};
