import { relative } from 'node:path';

const DETECTED = ['Killed', 'Timeout'];
const UNDETECTED = ['Survived', 'NoCoverage'];

/**
 * The share of mutants that a test noticed, per file, as a Markdown table.
 * Mutants that do not run at all, and those that a comment excludes, count in
 * neither way.
 */
export function describeScores(mutants, sourceDir) {
  const files = new Map();
  for (const { fileName, status } of mutants) {
    const file = relative(sourceDir, fileName);
    const counts = files.get(file) ?? { detected: 0, undetected: 0 };
    if (DETECTED.includes(status)) counts.detected += 1;
    else if (UNDETECTED.includes(status)) counts.undetected += 1;
    files.set(file, counts);
  }
  const rows = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    '| File | Mutants | Survived | Score |',
    '| ---- | ------: | -------: | ----: |',
    ...rows.map(([file, { detected, undetected }]) => {
      const all = detected + undetected;
      const score = all ? `${Math.floor((100 * detected) / all)} %` : '–';
      return `| \`${file}\` | ${all} | ${undetected} | ${score} |`;
    }),
  ].join('\n');
}
