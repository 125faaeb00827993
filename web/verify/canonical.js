// Canonical JSON (RFC 8785 with integers, ASCII names and no NUL): a text is canonical when writing its value again gives
// the same text. The other verifier reads it byte by byte instead; the two agree on every case of the tests.

const kDepth = 64;
const kName = /^[ !#-[\]-~]*$/; // printable ASCII that needs no escape
const kLoneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

const writeText = (text) => {
  if (text.includes('\0') || kLoneSurrogate.test(text)) throw new Error('a text with a character that is not allowed');
  return JSON.stringify(text);
};

const writeMember = (object, name, depth) => {
  if (!kName.test(name)) throw new Error('a name has printable ASCII characters only');
  return `"${name}":${write(object[name], depth)}`;
};

const write = (value, depth) => {
  if (depth > kDepth) throw new Error('values are nested too deep');
  if (typeof value === 'string') return writeText(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error('a number that is no integer, or beyond 2^53 - 1');
    return String(value);
  }
  if (value === null || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map((one) => write(one, depth + 1)).join(',')}]`;
  return `{${Object.keys(value).sort().map((name) => writeMember(value, name, depth + 1)).join(',')}}`;
};

export const canonical = (value) => write(value, 0);

// The value of a canonical text; throws with a sentence for any other.
export const readCanonical = (text) => {
  const value = JSON.parse(text);
  if (canonical(value) !== text) throw new Error('the same value is written in another way');
  return value;
};

export const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
