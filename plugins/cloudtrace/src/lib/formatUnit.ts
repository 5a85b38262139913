import { formatCount, formatLatency, formatPercent, NO_VALUE } from './format';

const THIN = '\u202f';

/** Formats a value with a UCUM or plain unit in the usual way. */
export function formatUnit(value: number | undefined, unit: string): string {
  if (value === undefined || !Number.isFinite(value)) {
    return NO_VALUE;
  }
  switch (unit) {
    case '1':
    case '':
    case 'None':
    case 'Count':
      return formatCount(value);
    case '%':
    case 'Percent':
      return formatPercent(value / 100);
    case 'ms':
    case 'Milliseconds':
      return formatLatency(value);
    case 's':
    case 'Seconds':
      return formatLatency(value * 1000);
    case 'By':
    case 'Bytes':
      return formatBytes(value);
    case '1/s':
    case 'Count/Second':
      return `${formatCount(value)}/s`;
    // UCUM says in braces what a mere number counts.
    case '{user}':
    case '{user}/{instance}':
      return formatCount(value);
    default:
      return `${formatCount(value)}${THIN}${unit}`;
  }
}

/** `2 kB` and `12 B`: only a count without prefix needs a space before the unit. */
function formatBytes(bytes: number): string {
  const count = formatCount(bytes);
  return `${count}${/\d$/.test(count) ? THIN : ''}B`;
}
