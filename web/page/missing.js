// What this browser lacks, as a code of sentences.js, or null. Module workers cannot be asked for without starting one:
// session.js says so when the worker's first words are a syntax error.

export const missing = () => {
  if (typeof WebAssembly !== 'object' || typeof WebAssembly.compileStreaming !== 'function') return 'no-wasm';
  if (typeof OffscreenCanvas !== 'function' || !HTMLCanvasElement.prototype.transferControlToOffscreen) return 'no-offscreen-canvas';
  return typeof Worker === 'function' ? null : 'no-module-worker';
};
