// The service worker: what makes the desk open without network. It takes new builds in beside the running one; the next
// start gets them, whether the person comes back another day or lets the desk flush and begin anew.

import { scriptUrl } from './trusted.js';

const kCheckMs = 60 * 60 * 1000;

// `own`: the name of this page's build. newer(): another one is ready.
export const registerServiceWorker = async (own, newer) => {
  if (!('serviceWorker' in navigator)) return; // plain http: no start without network
  navigator.serviceWorker.addEventListener('message', ({ data }) => {
    if (data?.t === 'build' && data.newest !== own) newer();
  });
  try {
    await navigator.serviceWorker.register(scriptUrl('/service_worker.js'), { updateViaCache: 'none' });
    const { active } = await navigator.serviceWorker.ready;
    const check = () => document.visibilityState === 'visible' && active.postMessage({ t: 'check' });
    document.addEventListener('visibilitychange', check);
    setInterval(check, kCheckMs);
    check();
  } catch (error) {
    console.warn('countersign: no service worker, so no start without network:', error);
  }
};
