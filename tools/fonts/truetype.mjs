// The little of the TrueType format that tools/fonts.mjs needs: reading tables, following one OpenType feature, and
// exchanging glyphs. Source: OpenType specification 1.9, "Font file", "loca", "glyf", "hmtx", "GSUB".

export const readTables = (font) => {
  const tables = new Map();
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const at = 12 + i * 16;
    const offset = font.readUInt32BE(at + 8);
    tables.set(font.toString('latin1', at, at + 4), font.subarray(offset, offset + font.readUInt32BE(at + 12)));
  }
  return tables;
};

const checksum = (table) => {
  let sum = 0;
  const padded = Buffer.alloc((table.length + 3) & ~3);
  table.copy(padded);
  for (let i = 0; i < padded.length; i += 4) sum = (sum + padded.readUInt32BE(i)) >>> 0;
  return sum;
};

export const writeTables = (tables) => {
  const names = [...tables.keys()].sort();
  const power = 2 ** Math.floor(Math.log2(names.length));
  const header = Buffer.alloc(12 + names.length * 16);
  header.writeUInt32BE(0x00010000, 0);
  header.writeUInt16BE(names.length, 4);
  header.writeUInt16BE(power * 16, 6);
  header.writeUInt16BE(Math.log2(power), 8);
  header.writeUInt16BE((names.length - power) * 16, 10);
  const parts = [header];
  let offset = header.length;
  names.forEach((name, i) => {
    const table = tables.get(name);
    const at = 12 + i * 16;
    header.write(name, at, 'latin1');
    header.writeUInt32BE(checksum(table), at + 4);
    header.writeUInt32BE(offset, at + 8);
    header.writeUInt32BE(table.length, at + 12);
    const padding = (4 - (table.length % 4)) % 4;
    parts.push(table, Buffer.alloc(padding));
    offset += table.length + padding;
  });
  return Buffer.concat(parts);
};

const coverage = (gsub, at) => {
  const glyphs = [];
  const count = gsub.readUInt16BE(at + 2);
  for (let i = 0; i < count; i++) {
    if (gsub.readUInt16BE(at) === 1) {
      glyphs.push(gsub.readUInt16BE(at + 4 + i * 2));
    } else {
      const from = gsub.readUInt16BE(at + 4 + i * 6);
      const to = gsub.readUInt16BE(at + 6 + i * 6);
      for (let glyph = from; glyph <= to; glyph++) glyphs.push(glyph);
    }
  }
  return glyphs;
};

// What a feature of single substitutions replaces: glyph -> glyph.
export const substitutions = (tables, feature) => {
  const gsub = tables.get('GSUB');
  const map = new Map();
  const features = gsub.readUInt16BE(6);
  const lookups = gsub.readUInt16BE(8);
  const wanted = new Set();
  for (let i = 0; i < gsub.readUInt16BE(features); i++) {
    const record = features + 2 + i * 6;
    if (gsub.toString('latin1', record, record + 4) !== feature) continue;
    const table = features + gsub.readUInt16BE(record + 4);
    for (let k = 0; k < gsub.readUInt16BE(table + 2); k++) wanted.add(gsub.readUInt16BE(table + 4 + k * 2));
  }
  for (const index of wanted) {
    const lookup = lookups + gsub.readUInt16BE(lookups + 2 + index * 2);
    for (let k = 0; k < gsub.readUInt16BE(lookup + 4); k++) {
      let type = gsub.readUInt16BE(lookup);
      let at = lookup + gsub.readUInt16BE(lookup + 6 + k * 2);
      if (type === 7) {
        type = gsub.readUInt16BE(at + 2);
        at += gsub.readUInt32BE(at + 4);
      }
      if (type !== 1) continue;
      const from = coverage(gsub, at + gsub.readUInt16BE(at + 2));
      from.forEach((glyph, i) => {
        const to = gsub.readUInt16BE(at) === 1 ? (glyph + gsub.readInt16BE(at + 4)) & 0xffff : gsub.readUInt16BE(at + 6 + i * 2);
        map.set(glyph, to);
      });
    }
  }
  return map;
};

// Code point -> glyph, from the font's format 4 or 12 table.
export const characterMap = (tables) => {
  const cmap = tables.get('cmap');
  const map = new Map();
  for (let i = 0; i < cmap.readUInt16BE(2); i++) {
    const at = cmap.readUInt32BE(4 + i * 8 + 4);
    const format = cmap.readUInt16BE(at);
    if (format === 12) {
      for (let g = 0; g < cmap.readUInt32BE(at + 12); g++) {
        const group = at + 16 + g * 12;
        const first = cmap.readUInt32BE(group);
        for (let c = first; c <= cmap.readUInt32BE(group + 4); c++) map.set(c, cmap.readUInt32BE(group + 8) + c - first);
      }
    } else if (format === 4) {
      const segments = cmap.readUInt16BE(at + 6) / 2;
      for (let s = 0; s < segments; s++) {
        const end = cmap.readUInt16BE(at + 14 + s * 2);
        const start = cmap.readUInt16BE(at + 16 + segments * 2 + s * 2);
        const delta = cmap.readUInt16BE(at + 16 + segments * 4 + s * 2);
        const rangeAt = at + 16 + segments * 6 + s * 2;
        const range = cmap.readUInt16BE(rangeAt);
        for (let c = start; c <= end && c < 0xffff; c++) {
          const glyph = range === 0 ? (c + delta) & 0xffff : cmap.readUInt16BE(rangeAt + range + (c - start) * 2);
          if (glyph !== 0) map.set(c, glyph);
        }
      }
    }
  }
  return map;
};

// A composite glyph with the numbers of its components replaced.
const renumbered = (outline, renumber) => {
  if (outline.length === 0 || outline.readInt16BE(0) >= 0) return outline;
  const copy = Buffer.from(outline);
  for (let at = 10, flags = 0x20; (flags & 0x20) !== 0; ) {
    flags = copy.readUInt16BE(at);
    const glyph = copy.readUInt16BE(at + 2);
    copy.writeUInt16BE(renumber.get(glyph) ?? glyph, at + 2);
    at += 4 + ((flags & 1) !== 0 ? 4 : 2);
    if ((flags & 0x08) !== 0) at += 2;
    else if ((flags & 0x40) !== 0) at += 4;
    else if ((flags & 0x80) !== 0) at += 8;
  }
  return copy;
};

// The font with each pair of glyphs exchanged: outlines and widths, while the character map stays as it is.
export const exchangeGlyphs = (tables, pairs) => {
  const long = tables.get('head').readInt16BE(50) === 1;
  const count = tables.get('maxp').readUInt16BE(4);
  const loca = tables.get('loca');
  const glyf = tables.get('glyf');
  const offset = (i) => (long ? loca.readUInt32BE(i * 4) : loca.readUInt16BE(i * 2) * 2);
  const outlines = [];
  for (let i = 0; i < count; i++) outlines.push(glyf.subarray(offset(i), offset(i + 1)));
  const renumber = new Map(pairs.flatMap(([a, b]) => [[a, b], [b, a]]));
  for (let i = 0; i < count; i++) outlines[i] = renumbered(outlines[i], renumber);
  const hmtx = Buffer.from(tables.get('hmtx'));
  const full = tables.get('hhea').readUInt16BE(34);
  for (const [a, b] of pairs) {
    if (a >= full || b >= full) throw new Error(`glyph ${Math.max(a, b)} has no width of its own`);
    [outlines[a], outlines[b]] = [outlines[b], outlines[a]];
    const width = hmtx.readUInt32BE(a * 4);
    hmtx.writeUInt32BE(hmtx.readUInt32BE(b * 4), a * 4);
    hmtx.writeUInt32BE(width, b * 4);
  }
  const newLoca = Buffer.alloc((count + 1) * 4);
  let at = 0;
  outlines.forEach((outline, i) => {
    newLoca.writeUInt32BE(at, i * 4);
    at += outline.length;
  });
  newLoca.writeUInt32BE(at, count * 4);
  const head = Buffer.from(tables.get('head'));
  head.writeInt16BE(1, 50);
  return new Map([...tables, ['loca', newLoca], ['glyf', Buffer.concat(outlines)], ['hmtx', hmtx], ['head', head]]);
};
