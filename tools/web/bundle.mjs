// Puts the modules of one entry into one file: a function each, in the order of their dependence, so that a cold start
// asks for two scripts and not for forty.
//
// Our modules keep to what this reads: imports at the start of a line, named (`import { a, b } from './x.js';`) or default
// (`import a from './x.mjs';`), and exports of const, class or function in front of the declaration, or `export default
// name;`. Anything else stops the build with the place.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const kImport = /^import\s+(?:\{([^}]*)\}|(\w+))\s+from\s+'([^']+)';\s*$/gm;
const kExport = /^export\s+((?:async\s+)?(?:const|class|function)\s+(\w+))/gm;
const kDefault = /\bexport\s+default\s+(\w+);\s*$/m;

// Comment lines and indentation are for readers of the sources.
const shorten = (text) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//'))
    .join('\n');

const names = (list) => list.split(',').map((name) => name.trim()).filter(Boolean);

// `replaced`: specifier to path, for modules that the build made elsewhere.
export const bundle = (entry, replaced = {}) => {
  const done = new Map(); // path to the variable that holds its exports
  const parts = [];
  const open = new Set();

  const add = (path) => {
    if (done.has(path)) return done.get(path);
    if (open.has(path)) throw new Error(`${path} imports itself, by way of ${[...open].join(', ')}`);
    open.add(path);
    const ours = !Object.values(replaced).includes(path);
    let text = readFileSync(path, 'utf8');
    const imports = [];
    text = text.replace(kImport, (_, named, single, specifier) => {
      const from = add(replaced[specifier] ?? resolve(dirname(path), specifier));
      imports.push(single ? `const ${single} = ${from}.default;` : `const { ${names(named).join(', ')} } = ${from};`);
      return '';
    });
    const exported = [];
    text = text.replace(kExport, (_, declaration, name) => {
      exported.push(name);
      return declaration;
    });
    text = text.replace(kDefault, (_, name) => {
      exported.push(`default: ${name}`);
      return '';
    });
    if (ours) {
      const lines = text.split('\n').filter((line) => !/^\s*\/\//.test(line));
      const left = lines.find((line) => /\b(?:import|export)\b\s*[{*'\w]/.test(line));
      if (left) throw new Error(`${path}: the bundler does not read "${left.trim()}"`);
      if (lines.some((line) => line.split('`').length % 2 === 0)) throw new Error(`${path}: a template over several lines would lose its indentation`);
    }
    const name = `module_${done.size}`;
    done.set(path, name);
    open.delete(path);
    parts.push([`const ${name} = (() => {`, ...imports, ours ? shorten(text) : text.trim(), `return { ${exported.join(', ')} };`, '})();'].join('\n'));
    return name;
  };
  add(resolve(entry));
  return `${parts.join('\n')}\n`;
};
