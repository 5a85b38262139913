import { formatDecimal, formatPercent } from './format';

/**
 * Returns the change against the baseline: `+12 %`, `−3 %`, `× 2.3`. Returns
 * `undefined` if either value is unknown, or if the baseline is zero and the
 * value is not.
 */
export function formatChange(
  now: number | undefined,
  before: number | undefined,
): string | undefined {
  if (now === undefined || before === undefined || (now > 0 && before === 0)) {
    return undefined;
  }
  const ratio = before === 0 ? 1 : now / before;
  if (ratio >= 2) {
    return `×\u202f${formatDecimal(ratio, ratio >= 10 ? 0 : 1)}`;
  }
  const change = ratio - 1;
  if (Math.abs(change) < 0.005) {
    return '±\u202f0\u202f%';
  }
  return `${change > 0 ? '+' : '−'}${formatPercent(Math.abs(change))}`;
}
