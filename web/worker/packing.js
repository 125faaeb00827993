// Requests' bodies as gzip, where that is worth it and the browser can.

const kWorthPackingBytes = 1024;
// The server takes a hundredfold (docs/limits.md, gzip_ratio); what packs better still is sent as it is.
const kDensest = 50;

// The packed body, or null where it goes as it is.
export const pack = async (body) => {
  if (body.length < kWorthPackingBytes || globalThis.CompressionStream === undefined) return null;
  const stream = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'));
  const packed = new Uint8Array(await new Response(stream).arrayBuffer());
  return packed.length < body.length && packed.length * kDensest > body.length ? packed : null;
};
