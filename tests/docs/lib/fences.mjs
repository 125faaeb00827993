// The fenced blocks of a document that tests use.
//   ```json file=policy.json      the block is this file, beside which the document's commands run
//   ```console                    lines after "$ " are commands; what follows, to the next one, is what they say
// In what is said, "…" stands for any text within a line, and a line "..." for any number of lines.

export const fencesOf = (markdown) => {
  const out = [];
  let open = null;
  markdown.split('\n').forEach((line, i) => {
    const fence = line.match(/^```(\S*)\s*(.*)$/);
    if (open && line === '```') {
      out.push(open);
      open = null;
    } else if (!open && fence) {
      open = { language: fence[1], file: fence[2].match(/^file=(\S+)$/)?.[1], line: i + 1, lines: [] };
    } else if (open) {
      open.lines.push(line);
    }
  });
  return out;
};

// [{command, expected: [lines], line}]
export const stepsOf = (fence) => {
  const steps = [];
  let continued = false;
  fence.lines.forEach((line, i) => {
    if (continued || line.startsWith('$ ')) {
      const text = continued ? line : line.slice(2);
      if (continued) steps.at(-1).command += `\n${text}`;
      else steps.push({ command: text, expected: [], line: fence.line + 1 + i });
      continued = text.endsWith('\\');
    } else {
      steps.at(-1).expected.push(line);
    }
  });
  return steps;
};

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

export const matches = (expected, said) => {
  const pattern = expected.map((line) => (line === '...' ? '(?:[^\\n]*\\n)*' : `${line.split('…').map(escaped).join('[^\\n]*')}\\n`)).join('');
  return new RegExp(`^${pattern}$`).test(said === '' ? '' : said.replace(/\n?$/, '\n'));
};
