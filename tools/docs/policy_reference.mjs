// Writes the reference part of docs/policy.md from assets/schema/policy.schema.json: one section for each object of the
// schema, one row for each field. What stands outside the two markers is written by hand and left alone.
// Usage: node tools/docs/policy_reference.mjs [--check]
//   --check   change nothing; status 1 when the committed file is not what this script makes
import { readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url);
const schema = JSON.parse(readFileSync(new URL('assets/schema/policy.schema.json', root), 'utf8'));
const file = new URL('docs/policy.md', root);
const begin = '<!-- reference: begin (made by tools/docs/policy_reference.mjs; change the schema instead) -->';
const end = '<!-- reference: end -->';

const nameOf = (ref) => ref.split('/').pop();
const linkTo = (name) => `[${name}](#${name})`;
const code = (value) => '`' + (typeof value === 'string' ? value : JSON.stringify(value)) + '`';
const cell = (text) => text.replaceAll('|', '\\|');

const lengths = (least, most, unit) => {
  if (least === undefined && most === undefined) return '';
  return ` (${least === undefined ? 'up to ' : `${least} to `}${most}${unit ? ` ${unit}` : ''})`;
};

// What a value may be, in a few words.
const typeOf = (part) => {
  if (part.$ref) return linkTo(nameOf(part.$ref));
  if ('const' in part) return code(part.const);
  if (part.enum) return part.enum.map(code).join(', ');
  if (part.type === 'array') return `list of ${typeOf(part.items)}${lengths(part.minItems, part.maxItems)}`;
  if (part.type === 'integer') return `whole number (${part.minimum} to ${part.maximum})`;
  if (part.type === 'number') return `number (${part.minimum} to ${part.maximum})`;
  if (part.type === 'boolean') return '`true`, `false`';
  if (part.type === 'object') return `object (up to ${part.maxProperties} fields) of ${typeOf(part.additionalProperties)}`;
  if (part.type === 'string') return `text${lengths(part.minLength, part.maxLength, 'characters')}`;
  throw new Error(`no words for ${JSON.stringify(part)}`);
};

const meaningOf = (part) => {
  if (!part.description) throw new Error(`a field without a description: ${JSON.stringify(part)}`);
  const examples = part.examples ? ` For example ${part.examples.map(code).join(', ')}.` : '';
  return part.description + examples;
};

const row = (name, part, required) => {
  const otherwise = 'default' in part ? code(part.default) : '';
  return `| \`${name}\` | ${cell(typeOf(part))} | ${required ? 'required' : otherwise} | ${cell(meaningOf(part))} |`;
};

const objectSection = (title, part) => [
  `### ${title}`,
  '',
  meaningOf(part),
  '',
  '| field | value | default | meaning |',
  '|---|---|---|---|',
  ...Object.entries(part.properties).map(([name, field]) => row(name, field, (part.required ?? []).includes(name))),
  '',
];

const valueSection = (title, part) => {
  const shape = part.pattern ? ` As a regular expression: ${code(part.pattern)}.` : '';
  return [`### ${title}`, '', meaningOf(part) + cell(shape), ''];
};

const sections = [objectSection('policy', schema)];
for (const [name, part] of Object.entries(schema.$defs)) {
  sections.push(part.properties ? objectSection(name, part) : valueSection(name, part));
}

const before = readFileSync(file, 'utf8');
const from = before.indexOf(begin);
const to = before.indexOf(end);
if (from < 0 || to < from) throw new Error(`docs/policy.md lacks its markers:\n${begin}\n${end}`);
const after = `${before.slice(0, from)}${begin}\n\n${sections.flat().join('\n')}\n${before.slice(to)}`;

if (process.argv.includes('--check')) {
  const current = before === after;
  console.log(current ? 'policy reference: as the schema says' : 'policy reference: docs/policy.md is not what the schema says; run node tools/docs/policy_reference.mjs');
  process.exit(current ? 0 : 1);
}
writeFileSync(file, after);
