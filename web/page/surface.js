// The canvas and its exact size in device pixels. A new canvas is made when the old one's kind of context is of no use
// any more: everything listens on the view, so that nothing else notices.

const kSnap = 1;

export class Surface {
  #view;
  #canvas = null;
  #sized;
  #boxSize = null;

  // sized({ width, height, deviceWidth, deviceHeight, scale }): CSS and device pixels
  constructor(view, sized) {
    this.#view = view;
    this.#sized = sized;
    const observer = new ResizeObserver((entries) => this.#observed(entries.at(-1)));
    try {
      observer.observe(view, { box: 'device-pixel-content-box' });
    } catch {
      observer.observe(view); // Safari: rounded below
    }
    this.#watchPixelRatio();
  }

  // An OffscreenCanvas for the worker; the old canvas goes.
  renew() {
    const canvas = document.createElement('canvas');
    canvas.setAttribute('aria-hidden', 'true');
    if (this.#canvas) this.#canvas.replaceWith(canvas);
    else this.#view.prepend(canvas);
    this.#canvas = canvas;
    return canvas.transferControlToOffscreen();
  }

  measure() {
    const scale = devicePixelRatio;
    const css = this.#view.getBoundingClientRect();
    const deviceWidth = this.#device(0, css.width * scale);
    const deviceHeight = this.#device(1, css.height * scale);
    // Width and height such that times scale they are whole device pixels: what is drawn then fits the canvas exactly.
    return { width: deviceWidth / scale, height: deviceHeight / scale, deviceWidth, deviceHeight, scale };
  }

  // The browser's own count of device pixels knows how edges snap. A count that is off by more than that is of another
  // ratio: from before a zoom, or from developer tools that only pretend one.
  #device(axis, computed) {
    const counted = this.#boxSize?.[axis];
    return counted !== undefined && Math.abs(counted - computed) <= kSnap ? counted : Math.round(computed);
  }

  #observed(entry) {
    const box = entry.devicePixelContentBoxSize?.[0];
    this.#boxSize = box ? [box.inlineSize, box.blockSize] : null;
    this.#sized(this.measure());
  }

  // Zooming changes the ratio, at times without changing the box.
  #watchPixelRatio() {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
      'change',
      () => {
        this.#sized(this.measure());
        this.#watchPixelRatio();
      },
      { once: true },
    );
  }
}
