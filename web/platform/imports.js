// The JavaScript side of web/platform/imports.h, for emcc's --js-library: each import hands its arguments, as values or
// as views into wasm memory, to Module.platform (web/worker/platform.js). Views are taken anew in each call, because
// memory moves when it grows, and are good only until the call returns.
/* global addToLibrary, Module, HEAPU8, HEAP32, UTF8ToString */
addToLibrary({
  cs_js_now_ms: () => Date.now(),
  cs_js_monotonic_ms: () => performance.now(),
  cs_js_random: (out, count) => {
    for (let at = 0; at < count; at += 65536) crypto.getRandomValues(HEAPU8.subarray(out + at, out + Math.min(at + 65536, count)));
  },

  cs_js_set_cursor: (shape) => Module['platform'].setCursor(shape),
  cs_js_set_text_input: (on, x, y, lineHeight, multiline) => Module['platform'].setTextInput(on, x, y, lineHeight, multiline),
  cs_js_write_clipboard__deps: ['$UTF8ToString'],
  cs_js_write_clipboard: (text, size) => Module['platform'].writeClipboard(UTF8ToString(text, size)),
  cs_js_set_location__deps: ['$UTF8ToString'],
  cs_js_set_location: (text, size, replace) => Module['platform'].setLocation(UTF8ToString(text, size), replace !== 0),
  cs_js_set_title__deps: ['$UTF8ToString'],
  cs_js_set_title: (text, size) => Module['platform'].setTitle(UTF8ToString(text, size)),
  cs_js_announce__deps: ['$UTF8ToString'],
  cs_js_announce: (text, size) => Module['platform'].announce(UTF8ToString(text, size)),
  cs_js_save_file: (record, size) => Module['platform'].saveFile(HEAPU8.slice(record, record + size)),
  cs_js_open_file__deps: ['$UTF8ToString'],
  cs_js_open_file: (ending, size) => Module['platform'].openFile(UTF8ToString(ending, size)),
  cs_js_want_frame: (delay) => Module['platform'].wantFrame(delay),
  cs_js_semantics_changed: () => Module['platform'].semanticsChanged(),
  cs_js_show_semantics: (patch, size) => Module['platform'].showSemantics(HEAPU8.slice(patch, patch + size)),
  cs_js_failed__deps: ['$UTF8ToString'],
  cs_js_failed: (text, size) => Module['platform'].failed(UTF8ToString(text, size)),

  cs_js_send: (id, record, size) => Module['platform'].send(id, HEAPU8.slice(record, record + size)),
  cs_js_server_name: (out, room) => {
    const bytes = new TextEncoder().encode(self.location.host).subarray(0, room);
    HEAPU8.set(bytes, out);
    return bytes.length;
  },
  cs_js_follow__deps: ['$UTF8ToString'],
  cs_js_follow: (path, size) => Module['platform'].follow(UTF8ToString(path, size)),

  cs_js_present: (rgba, width, height, rects, count) =>
    Module['platform'].present(
      new Uint8ClampedArray(HEAPU8.buffer, rgba, width * height * 4),
      width,
      height,
      HEAP32.subarray(rects >> 2, (rects >> 2) + count * 4),
    ),

  cs_js_file_read: (slot, out, count, at) => Module['files'].read(slot, HEAPU8.subarray(out, out + count), at),
  cs_js_file_write: (slot, bytes, count, at) => Module['files'].write(slot, HEAPU8.subarray(bytes, bytes + count), at),
  cs_js_file_truncate: (slot, size) => Module['files'].truncate(slot, size),
  cs_js_file_flush: (slot) => Module['files'].flush(slot),
  cs_js_file_size: (slot) => Module['files'].size(slot),
});
