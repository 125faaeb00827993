// Script addresses, for `require-trusted-types-for 'script'`: only files of this build, of this origin.

const kOurs = /^\/(assets\/[a-z_]+\.[0-9a-f]{12}\.js|service_worker\.js)$/;

const createScriptURL = (url) => {
  const { origin, pathname } = new URL(url, location.href);
  if (origin !== location.origin || !kOurs.test(pathname)) throw new TypeError(`not a script of this build: ${url}`);
  return url;
};

const policy = globalThis.trustedTypes?.createPolicy('countersign', { createScriptURL }) ?? { createScriptURL };

export const scriptUrl = (url) => policy.createScriptURL(url);
