// usage: node predictions.mjs COUNT    items i0, i1, ... with a prediction each, as JSON Lines
for (let i = 0; i < Number(process.argv[2]); i += 1) {
  const label = i % 2 === 0 ? 'pothole' : 'noise';
  console.log(JSON.stringify({ id: `i${i}`, input: { text: `message ${i}: the road at the corner is broken again` }, prediction: { model: 'bench-1', label, confidence: 0.5, scores: { [label]: 0.5 } } }));
}
