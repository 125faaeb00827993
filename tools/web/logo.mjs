// The logo as data: a rounded square, a check mark, and the line that a signature stands on. From it come the SVG and
// every PNG, so that they cannot differ.
import { deflateSync } from 'node:zlib';

const kSide = 64;
const kCorner = 14;
const kGround = [47, 95, 208];
const kInk = [255, 255, 255];
// Strokes with round ends: points and width.
const kStrokes = [
  { points: [[17, 30], [28, 41], [48, 17]], width: 6.5 },
  { points: [[17, 51], [48, 51]], width: 3.5 },
];

const colour = (rgb) => `#${rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

export const logoSvg = () => {
  const strokes = kStrokes.map(
    ({ points, width }) => `<path d="M${points.map((p) => p.join(' ')).join('L')}" stroke-width="${width}"/>`,
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${kSide} ${kSide}" role="img" aria-label="Countersign">` +
    `<rect width="${kSide}" height="${kSide}" rx="${kCorner}" fill="${colour(kGround)}"/>` +
    `<g fill="none" stroke="${colour(kInk)}" stroke-linecap="round" stroke-linejoin="round">${strokes.join('')}</g></svg>`
  );
};

const distanceToSegment = (x, y, [ax, ay], [bx, by]) => {
  const t = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)));
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
};

const inStrokes = (x, y) =>
  kStrokes.some(({ points, width }) => points.slice(1).some((end, i) => distanceToSegment(x, y, points[i], end) <= width / 2));

const inSquare = (x, y) => {
  const dx = Math.max(kCorner - x, x - (kSide - kCorner), 0);
  const dy = Math.max(kCorner - y, y - (kSide - kCorner), 0);
  return x >= 0 && y >= 0 && x <= kSide && y <= kSide && Math.hypot(dx, dy) <= kCorner;
};

const kSamples = 4;

// RGBA of one pixel by counting samples. `maskable`: the ground fills all, the mark stays in the inner 80 %.
const pixel = (px, py, size, maskable) => {
  const scale = maskable ? kSide / (size * 0.8) : kSide / size;
  const offset = maskable ? size * 0.1 : 0;
  let ground = 0;
  let ink = 0;
  for (let i = 0; i < kSamples * kSamples; i += 1) {
    const x = (px + ((i % kSamples) + 0.5) / kSamples - offset) * scale;
    const y = (py + (Math.floor(i / kSamples) + 0.5) / kSamples - offset) * scale;
    if (inStrokes(x, y)) ink += 1;
    else if (maskable || inSquare(x, y)) ground += 1;
  }
  const covered = ground + ink;
  if (covered === 0) return [0, 0, 0, 0];
  const mixed = kGround.map((part, i) => Math.round((part * ground + kInk[i] * ink) / covered));
  return [...mixed, Math.round((255 * covered) / kSamples ** 2)];
};

const kCrcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

const crc32 = (bytes) => {
  let c = 0xffffffff;
  for (const byte of bytes) c = kCrcTable[(c ^ byte) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
};

const chunk = (type, data) => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
};

// PNG (ISO 15948): 8-bit RGBA, no filter, one image.
export const logoPng = (size, maskable = false) => {
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) rows.set(pixel(x, y, size, maskable), y * (size * 4 + 1) + 1 + x * 4);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};
