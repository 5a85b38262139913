import { formatPercent } from './format';

/** A change against the period before: `+12 %`, `−3 %`, `× 2.3`. */
export function formatChange(
  now: number | undefined,
  before: number | undefined,
): string | undefined {
  if (now === undefined || !before) {
    return undefined;
  }
  const ratio = now / before;
  if (ratio >= 2) {
    return `×\u202f${ratio.toFixed(ratio >= 10 ? 0 : 1)}`;
  }
  const change = ratio - 1;
  if (Math.abs(change) < 0.005) {
    return '±\u202f0\u202f%';
  }
  return `${change > 0 ? '+' : '−'}${formatPercent(Math.abs(change))}`;
}
