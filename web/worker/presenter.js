// The canvas and what draws on it: WebGL 2, or pixels of the CPU rasteriser. A canvas has one kind of context for its
// whole life, so that going from one to the other takes a new canvas from the page.

const kSoftware = /swiftshader|llvmpipe|softpipe|software|basic render|warp/i;
const kRestoreMs = 3000;
const kLossesBeforeCpu = 2;
const kWebGl = { majorVersion: 2, minorVersion: 0, alpha: 0, antialias: 0, depth: 0, stencil: 0, preserveDrawingBuffer: 0 };

// { kind, reason }: what this machine draws best with. A software WebGL uses several times the CPU of our rasteriser.
export const probe = (wish) => {
  if (wish === 'cpu') return { kind: 'cpu', reason: 'asked for' };
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (gl === null) return { kind: 'cpu', reason: 'no WebGL 2' };
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  if (wish === 'webgl2') return { kind: 'webgl2', reason: `asked for, on ${name}` };
  return kSoftware.test(name) ? { kind: 'cpu', reason: `WebGL here is software: ${name}` } : { kind: 'webgl2', reason: name };
};

export class Presenter {
  kind = null;
  reason = '';
  #canvas = null;
  #context = null; // 2D, or Emscripten's handle
  #width = 1;
  #height = 1;
  #losses = 0;
  #restoreTimer = null;
  #on;

  // on: { gl: () => Emscripten's GL, use(kind), lost(), needCanvas() }
  constructor(on) {
    this.#on = on;
  }

  // Takes a fresh canvas and makes the desk draw on it.
  attach(canvas, kind, reason) {
    this.#canvas = canvas;
    this.kind = kind;
    this.reason = reason;
    this.#resizeCanvas();
    if (kind === 'webgl2' && !this.#attachWebGl()) {
      this.kind = 'cpu';
      this.reason = 'the browser refused a WebGL 2 context';
    }
    if (this.kind === 'cpu') {
      this.#context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
    }
    this.#on.use(this.kind);
  }

  setSize(width, height) {
    this.#width = Math.max(1, width);
    this.#height = Math.max(1, height);
  }

  // Just before a frame, so that the canvas is never shown cleared.
  beforeFrame() {
    this.#resizeCanvas();
  }

  // From the CPU rasteriser: `rects` are x, y, width, height in a row.
  present(pixels, width, height, rects) {
    if (this.kind !== 'cpu') return;
    const image = new ImageData(pixels, width, height);
    for (let i = 0; i < rects.length; i += 4) {
      this.#context.putImageData(image, 0, 0, rects[i], rects[i + 1], rects[i + 2], rects[i + 3]);
    }
  }

  get size() {
    return [this.#canvas?.width ?? 0, this.#canvas?.height ?? 0];
  }

  // For tests: as if the graphics card had gone.
  loseContext(restore) {
    const extension = this.#on.gl().getContext(this.#context).GLctx.getExtension('WEBGL_lose_context');
    extension.loseContext();
    if (restore) setTimeout(() => extension.restoreContext(), 50);
  }

  #resizeCanvas() {
    if (this.#canvas.width !== this.#width) this.#canvas.width = this.#width;
    if (this.#canvas.height !== this.#height) this.#canvas.height = this.#height;
  }

  #attachWebGl() {
    const gl = this.#on.gl();
    this.#context = gl.createContext(this.#canvas, { ...kWebGl, powerPreference: 'low-power' });
    if (!this.#context || !gl.makeContextCurrent(this.#context)) return false;
    this.#canvas.addEventListener('webglcontextlost', (event) => this.#lost(event));
    this.#canvas.addEventListener('webglcontextrestored', () => this.#restored());
    return true;
  }

  #lost(event) {
    event.preventDefault(); // asks the browser to restore it
    this.#losses += 1;
    this.#on.lost();
    const patience = this.#losses > kLossesBeforeCpu ? 0 : kRestoreMs;
    this.#restoreTimer = setTimeout(() => this.#on.needCanvas('the graphics card was lost'), patience);
  }

  #restored() {
    clearTimeout(this.#restoreTimer);
    this.#on.gl().makeContextCurrent(this.#context);
    this.#on.use('webgl2');
  }
}
