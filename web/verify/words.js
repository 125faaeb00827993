// What the page says. Units are given in the plural.

export const grouped = (number) => number.toLocaleString('en');

export const counted = (count, unit) => `${grouped(count)} ${count === 1 ? unit.replace(/ies$/, 'y').replace(/s$/, '') : unit}`;

// Microseconds since 1970, as the command line writes them.
export const instant = (us) => {
  const fraction = us % 1000000;
  const seconds = new Date((us - fraction) / 1000).toISOString().slice(0, 19);
  return `${seconds}${fraction === 0 ? '' : `.${String(fraction).padStart(6, '0')}`}Z`;
};

export const placeText = ({ leaf, line }) => [leaf ? `entry ${grouped(leaf)}` : '', line ? `line ${grouped(line)}` : ''].filter(Boolean).join(', ');

export const megabytes = (bytes) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;

// The word, what it means, and how it looks: good, own-word (by the word of the bundle alone), bad.
export const verdictOf = (report) => {
  const entries = counted(report.counts.leaves, 'entries');
  if (!report.verified) return { state: 'bad', word: 'Not verified', meaning: `${counted(report.failed, 'failures')}. They stand below, with their places.` };
  if (report.key === 'given') return { state: 'good', word: 'Verified', meaning: `${entries}, as the server signed them with the key that you gave.` };
  return {
    state: 'own-word',
    word: 'Holds together',
    meaning: `${entries}, with the key that came with the bundle. This shows that the bundle holds together. Whether the key is the server’s it cannot show: get the key elsewhere and give it above.`,
  };
};

export const aboutRows = (report) => {
  if (!report.server) return [];
  const { leaves } = report.counts;
  return [
    ['Project', `${report.project} on server ${report.server}`],
    ['Made', instant(report.made)],
    ['Entries', leaves === 0 ? 'none' : `${grouped(leaves)}, recorded from ${instant(report.first_at)} to ${instant(report.last_at)}`],
    ['By type', Object.entries(report.types).map(([type, count]) => `${type} ${grouped(count)}`).join(', ')],
  ].filter(([, value]) => value !== '');
};

export const factSentences = (report) => [
  ...(report.counts.leaves_v1 > 0 ? [`${counted(report.counts.leaves_v1, 'entries')} from before devices signed: of these the server alone is witness`] : []),
  ...report.facts.map((fact) => `${placeText(fact)}: ${fact.sentence}`),
];
