// Makes the folder that a server hands out: the page, its worker, the wasm module and the service worker, names with
// hashes, compressed ahead, and a manifest that says what there is and with which headers it goes out.
//
//   node tools/web_assets.mjs --module MODULE.mjs --out FOLDER [--tag TEXT] [--limit BYTES]
//
// MODULE.wasm lies beside MODULE.mjs. --tag makes another build of the same sources, for tests of updating. Prints a table
// of sizes; ends with status 1 when what a first visit transfers (brotli) is above the limit, 1,500,000 bytes by default.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { bundle } from './web/bundle.mjs';
import { commonHeaders, kImmutable, kRevalidate, typeOf } from './web/headers.mjs';
import { logoPng, logoSvg } from './web/logo.mjs';

const { values: options } = parseArgs({
  options: { module: { type: 'string' }, out: { type: 'string' }, tag: { type: 'string', default: '' }, limit: { type: 'string', default: '1500000' } },
});
if (!options.module || !options.out) {
  console.error('usage: node tools/web_assets.mjs --module MODULE.mjs --out FOLDER [--tag TEXT] [--limit BYTES]');
  process.exit(2);
}

const web = join(dirname(dirname(fileURLToPath(import.meta.url))), 'web');
const read = (path) => readFileSync(join(web, path), 'utf8');
const hashOf = (bytes) => createHash('sha256').update(bytes).digest('hex');
const site = new Map(); // path from the root to bytes

const put = (path, content) => {
  site.set(path, Buffer.from(content));
  return path;
};

// A file whose name carries its hash.
const putHashed = (name, content) => {
  const [stem, extension] = name.split('.');
  return put(`/assets/${stem}.${hashOf(content).slice(0, 12)}.${extension}`, content);
};

const replaceOnce = (text, from, to) => {
  if (text.split(from).length !== 2) throw new Error(`expected "${from}" exactly once`);
  return text.replace(from, () => to);
};

// The page that verifies a log: a program of its own, which needs nothing of the desk's.
const verifyPage = () => {
  let html = read('verify/verify.html');
  html = replaceOnce(html, 'href="verify.css"', `href="${putHashed('verify.css', read('verify/verify.css'))}"`);
  html = replaceOnce(html, 'src="main.js"', `src="${putHashed('verify.js', bundle(join(web, 'verify/main.js')))}"`);
  return replaceOnce(html, '<!-- logo -->', logoSvg());
};

const makeSite = () => {
  const wasmBytes = readFileSync(options.module.replace(/\.mjs$/, '.wasm'));
  const wasm = putHashed('countersign.wasm', wasmBytes);
  const worker = putHashed('worker.js', bundle(join(web, 'worker/main.js'), { './countersign.mjs': options.module }));
  const page = putHashed('page.js', bundle(join(web, 'page/main.js')));
  const style = putHashed('page.css', read('page/page.css'));
  const old = putHashed('no_module.js', read('page/no_module.js'));
  put('/icons/icon.svg', logoSvg());
  for (const size of [180, 192, 512]) put(`/icons/icon-${size}.png`, logoPng(size));
  put('/icons/maskable-512.png', logoPng(512, true));
  put('/app.webmanifest', read('page/app.webmanifest'));
  put('/verify.html', verifyPage());

  const name = hashOf([...site].map(([path, bytes]) => path + hashOf(bytes)).join('\n') + options.tag).slice(0, 12);
  let html = read('page/index.html');
  html = replaceOnce(html, 'href="page.css"', `href="${style}"`);
  html = replaceOnce(html, 'src="main.js"', `src="${page}"`);
  html = replaceOnce(html, 'src="no_module.js"', `src="${old}"`);
  html = replaceOnce(html, '<!-- logo -->', logoSvg());
  html = replaceOnce(html, 'id="build"></script>', `id="build">${JSON.stringify({ name, worker, wasm, wasmBytes: wasmBytes.length })}</script>`);
  put('/', html);

  put('/service_worker.js', read('sw/service_worker.js'));
  return name;
};

const kCompressible = /\.(js|css|html|svg|wasm|webmanifest)$|^\/$/;
const fileOf = (path) => (path === '/' ? '/index.html' : path);

const compress = (path, bytes) => {
  if (!kCompressible.test(path)) return {};
  const br = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  return { br, gz: gzipSync(bytes, { level: 9 }) };
};

// The compressed forms of a file whose name is a hash are those of the last time.
const compressedOf = (path, bytes) => {
  const base = join(options.out, fileOf(path));
  if (path.startsWith('/assets/') && existsSync(`${base}.br`) && existsSync(`${base}.gz`)) {
    return { br: readFileSync(`${base}.br`), gz: readFileSync(`${base}.gz`) };
  }
  return compress(path, bytes);
};

const writeSite = (name) => {
  const manifest = { name, headers: commonHeaders, files: {} };
  const written = new Set(['manifest.json']);
  const write = (file, bytes) => {
    const target = join(options.out, file);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
    written.add(relative(options.out, target));
  };
  for (const [path, bytes] of site) {
    const { br, gz } = compressedOf(path, bytes);
    write(fileOf(path), bytes);
    if (br) write(`${fileOf(path)}.br`, br);
    if (gz) write(`${fileOf(path)}.gz`, gz);
    manifest.files[path] = {
      file: fileOf(path).slice(1),
      type: typeOf(fileOf(path)),
      cache: path.startsWith('/assets/') ? kImmutable : kRevalidate,
      bytes: bytes.length,
      ...(br ? { br: br.length, gz: gz.length } : {}),
      // What the service worker keeps; it does not keep itself.
      ...(path === '/service_worker.js' ? {} : { sha256: hashOf(bytes) }),
    };
  }
  manifest.files['/manifest.json'] = { file: 'manifest.json', type: typeOf('manifest.json'), cache: kRevalidate };
  for (const file of readdirSync(options.out, { recursive: true, withFileTypes: true })) {
    const path = relative(options.out, join(file.parentPath ?? file.path, file.name));
    if (file.isFile() && !written.has(path)) rmSync(join(options.out, path));
  }
  writeFileSync(join(options.out, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
  return manifest;
};

const printSizes = (manifest) => {
  const row = (name, ...numbers) => console.log(`  ${name.padEnd(40)}${numbers.map((n) => n.toLocaleString('en').padStart(12)).join('')}`);
  console.log(`  ${'file'.padEnd(40)}${['raw', 'gzip', 'brotli'].map((n) => n.padStart(12)).join('')}`);
  const total = [0, 0, 0];
  for (const [path, { bytes = 0, gz = bytes, br = bytes }] of Object.entries(manifest.files)) {
    row(path, bytes, gz, br);
    [bytes, gz, br].forEach((n, i) => (total[i] += n));
  }
  row('total', ...total);
  return total[2];
};

mkdirSync(options.out, { recursive: true });
const total = printSizes(writeSite(makeSite()));
if (total > Number(options.limit)) {
  console.error(`web assets: ${total} bytes of brotli; the limit is ${options.limit}`);
  rmSync(join(options.out, 'manifest.json'));
  process.exit(1);
}
