// What the page says when the desk cannot: a title, what it means, and the one thing to do. `%` is the detail.

const kBrowsers = 'A current Chrome, Edge, Firefox or Safari can.';

export const kSentences = {
  'no-wasm': { title: 'This browser cannot run Countersign', text: `It has no WebAssembly, or it is switched off. ${kBrowsers}` },
  'no-module-worker': { title: 'This browser cannot run Countersign', text: `It cannot start the program beside the page (module workers). ${kBrowsers}` },
  'no-offscreen-canvas': { title: 'This browser cannot run Countersign', text: `It cannot draw from beside the page (OffscreenCanvas). ${kBrowsers}` },
  download: {
    title: 'Countersign could not be loaded',
    text: 'The network or the server failed while the program was on its way: %. What is on this device is untouched.',
    button: 'Try again',
  },
  start: { title: 'Countersign could not start', text: 'This is a fault of ours: %. What is on this device is untouched.', button: 'Try again' },
  refused: { title: 'Countersign cannot go on', text: '%', button: 'Try again' },
  crashed: {
    title: 'Countersign stopped',
    text: 'Something went wrong inside: %. What you decided is kept on this device and is there after the restart.',
    button: 'Restart',
  },
  'store-busy': {
    title: 'The store on this device is in use',
    text: 'Another tab or window of Countersign holds it and does not let go. Close the others, then try again.',
    button: 'Try again',
  },
  'store-refused': {
    title: 'The store on this device cannot be opened',
    text: 'The browser refused it: %. Nothing was changed. Free some disk space or restart the browser, then try again.',
    button: 'Try again',
  },
  'not-saved': {
    title: 'The browser refused to keep your last decision',
    text: 'Countersign has stopped rather than lose more: %. Everything before it is kept. Free some disk space, then restart.',
    button: 'Restart',
  },
  elsewhere: {
    title: 'Countersign is open in another tab',
    text: 'One tab at a time works with the store on this device. Here it starts by itself when the other one is closed.',
    button: 'Use it here',
  },
  silent: {
    title: 'The other tab does not answer',
    text: 'It holds the store on this device, and its browser has put it to sleep or it hangs. Show that tab once, or close it: then this one starts by itself, with everything that was decided there.',
    button: 'Ask again',
  },
  moved: {
    title: 'Countersign is now open in another tab',
    text: 'Everything decided here has been kept and handed over.',
    button: 'Use it here',
  },
};

export const kNotices = {
  memory: {
    text: 'Nothing is kept on this device: this browser gives Countersign no storage here. What is not saved on the server is lost when the tab is closed.',
    urgent: true,
  },
  update: { text: 'A new version of Countersign is ready.', button: 'Use it now' },
  'copy-refused': { text: 'The browser did not allow copying. Press Ctrl+C (on a Mac: ⌘C) instead.' },
};
