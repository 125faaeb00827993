// The service worker: what makes the desk open without network. A new version waits until nothing of the old one runs,
// or until somebody lets it in: at the next start, or when the person says so and the desk has flushed.

import { scriptUrl } from './trusted.js';

const kActivateMs = 3000;
const kCheckMs = 60 * 60 * 1000;

const supported = () => 'serviceWorker' in navigator;

// Resolves true when another version now controls the page, which must then be loaded anew.
const letIn = (waiting) =>
  new Promise((resolve) => {
    navigator.serviceWorker.addEventListener('controllerchange', () => resolve(true), { once: true });
    setTimeout(() => resolve(false), kActivateMs);
    waiting.postMessage({ t: 'activate' });
  });

// Before anything of the desk runs: a version that was waiting takes over now.
export const applyWaitingUpdate = async () => {
  if (!supported()) return false;
  const registration = await navigator.serviceWorker.getRegistration();
  return registration?.waiting && navigator.serviceWorker.controller ? letIn(registration.waiting) : false;
};

// waiting(apply): a new version is there; apply() lets it in and resolves when the page must be loaded anew.
export const registerServiceWorker = async (waiting) => {
  if (!supported()) return;
  const tell = (registration) => {
    if (registration.waiting && navigator.serviceWorker.controller) waiting(() => letIn(registration.waiting));
  };
  try {
    const registration = await navigator.serviceWorker.register(scriptUrl('/service_worker.js'), { updateViaCache: 'none' });
    tell(registration);
    registration.addEventListener('updatefound', () => {
      const installing = registration.installing;
      installing?.addEventListener('statechange', () => installing.state === 'installed' && tell(registration));
    });
    const check = () => document.visibilityState === 'visible' && registration.update().catch(() => {});
    document.addEventListener('visibilitychange', check);
    setInterval(check, kCheckMs);
  } catch (error) {
    console.warn('countersign: no service worker, so no start without network:', error);
  }
};
