// Members of objects that a format fixes: exactly these, of these kinds.
import { isHex } from './bytes.js';
import { isObject } from './canonical.js';

export const isStream = (text) => typeof text === 'string' && /^[0-9a-f]{32}\.[0-9a-f]{16}$/.test(text);

const kShapes = {
  integer: (value) => Number.isInteger(value),
  natural: (value) => Number.isInteger(value) && value > 0,
  text: (value) => typeof value === 'string',
  object: isObject,
  hex8: (value) => isHex(value, 16),
  hex32: (value) => isHex(value, 64),
  hex64: (value) => isHex(value, 128),
  textKey: (value) => isHex(value, 32) || isHex(value, 64),
  stream: isStream,
};

// What is wrong with the object, or nothing. `members`: name to shape; a "?" behind the shape where it may be missing.
export const wrongMembers = (object, members, others = false) => {
  if (!isObject(object)) return 'it is no object';
  for (const [name, shape] of Object.entries(members)) {
    if (!Object.hasOwn(object, name)) {
      if (!shape.endsWith('?')) return `${name} is missing`;
    } else if (!kShapes[shape.replace('?', '')](object[name])) {
      return `${name} is not what it must be`;
    }
  }
  const unknown = others ? undefined : Object.keys(object).find((name) => !Object.hasOwn(members, name));
  return unknown === undefined ? '' : `${unknown} is no member of this format`;
};
