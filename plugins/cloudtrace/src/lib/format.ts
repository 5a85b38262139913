import { dateLocale, numberLocale } from './language';

/** How to show times. */
export type TimeZoneMode = 'local' | 'utc';

/** Shown for a missing value. */
export const NO_VALUE = '–';

const THIN = '\u202f';
const SI_PREFIXES: Array<[number, string]> = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
];

function trimmed(value: number, digits: number): string {
  return value.toLocaleString(numberLocale(), {
    maximumFractionDigits: digits,
    useGrouping: false,
  });
}

function significant(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) {
    return trimmed(value, 0);
  }
  return trimmed(value, size >= 10 ? 1 : 2);
}

/** Formats a number with an SI prefix: `950`, `3.2 k`, `12 M`. */
export function formatCount(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) {
    return NO_VALUE;
  }
  // 999.95 k would round to 1000 k: choose the prefix after rounding.
  for (const [factor, prefix] of SI_PREFIXES) {
    if (Math.abs(value) >= factor * 0.99995) {
      return `${trimmed(
        value / factor,
        Math.abs(value) >= factor * 99.95 ? 0 : 1,
      )}${THIN}${prefix}`;
    }
  }
  return significant(value);
}

/** Formats an integer with thousands separators, for tooltips and tables. */
export function formatExact(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value)
    ? NO_VALUE
    : value.toLocaleString(numberLocale(), { maximumFractionDigits: 2 });
}

/** Formats a number with a fixed number of decimals. */
export function formatDecimal(value: number, digits: number): string {
  return value.toLocaleString(numberLocale(), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** Formats requests per second or, below one per second, per minute. */
export function formatRate(count: number, durationMs: number): string {
  if (!(durationMs > 0)) {
    return NO_VALUE;
  }
  const perSecond = (count * 1000) / durationMs;
  if (perSecond >= 1 || perSecond === 0) {
    return `${formatCount(perSecond)}${THIN}req/s`;
  }
  return `${formatCount(perSecond * 60)}${THIN}req/min`;
}

/**
 * Formats a share between 0 and 1 as percent. A small share is never shown as
 * zero, nor one below 1 as 100 %.
 */
export function formatPercent(share: number | undefined): string {
  if (share === undefined || !Number.isFinite(share)) {
    return NO_VALUE;
  }
  const percent = share * 100;
  if (percent !== 0 && Math.abs(percent) < 0.1) {
    return `<${THIN}${trimmed(0.1, 1)}${THIN}%`;
  }
  if (percent > 99 && percent < 100) {
    return percent > 99.99
      ? `>${THIN}${trimmed(99.99, 2)}${THIN}%`
      : `${trimmed(Math.floor(percent * 100 + 1e-9) / 100, 2)}${THIN}%`;
  }
  return `${trimmed(percent, Math.abs(percent) < 10 ? 1 : 0)}${THIN}%`;
}

/** Formats a latency: `0.4 ms`, `38 ms`, `1.25 s`, `2 min 5 s`. */
export function formatLatency(ms: number | undefined): string {
  if (ms === undefined || !Number.isFinite(ms)) {
    return NO_VALUE;
  }
  if (ms >= 60_000) {
    return formatDuration(ms);
  }
  if (ms >= 999.5) {
    return `${trimmed(ms / 1000, ms >= 9_995 ? 1 : 2)}${THIN}s`;
  }
  return `${significant(ms)}${THIN}ms`;
}

const DURATION_UNITS: Array<[number, string]> = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
];

/** Formats a duration with at most two units: `3 min 20 s`, `2 d 4 h`. */
export function formatDuration(ms: number | undefined): string {
  if (ms === undefined || !Number.isFinite(ms)) {
    return NO_VALUE;
  }
  let rest = Math.round(Math.abs(ms) / 1000) * 1000;
  if (rest === 0) {
    return `${Math.round(Math.abs(ms))}${THIN}ms`;
  }
  const first = DURATION_UNITS.findIndex(([size]) => rest >= size);
  const parts: string[] = [];
  for (const [size, unit] of DURATION_UNITS.slice(first, first + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) {
      parts.push(`${count}${THIN}${unit}`);
    }
  }
  return parts.join(' ');
}

/**
 * Formats a duration between times that are known to the second, as those of
 * clouds and clusters: shorter ones are not zero.
 */
export function formatSeconds(ms: number | undefined): string {
  return ms !== undefined && Math.abs(ms) < 1_000
    ? `<${THIN}1${THIN}s`
    : formatDuration(ms);
}

function timeZone(mode: TimeZoneMode): string | undefined {
  return mode === 'utc' ? 'UTC' : undefined;
}

// Formatters are expensive to create, and only a handful of kinds exist.
const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(
  name: string,
  mode: TimeZoneMode,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const locale = dateLocale();
  const key = `${locale}/${name}/${mode}`;
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, {
      ...options,
      timeZone: timeZone(mode),
    });
    formatters.set(key, found);
  }
  return found;
}

/** `12:03:10` */
export function formatClock(ms: number, mode: TimeZoneMode): string {
  return formatter('clock', mode, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(ms);
}

/** `12:03:10.250`: several requests begin within a second. */
export function formatExactClock(ms: number, mode: TimeZoneMode): string {
  const millis = String(((ms % 1000) + 1000) % 1000).padStart(3, '0');
  return `${formatClock(ms, mode)}.${millis}`;
}

/** `21 Nov 12:03:10.250`, for single requests. */
export function formatExactTime(ms: number, mode: TimeZoneMode): string {
  const day = formatter('day', mode, { day: 'numeric', month: 'short' });
  return `${day.format(ms)} ${formatExactClock(ms, mode)}`;
}

/** `21 Nov 12:03:10`, in tables and tooltips. */
export function formatDateTime(ms: number, mode: TimeZoneMode): string {
  const day = formatter('day', mode, { day: 'numeric', month: 'short' });
  return `${day.format(ms)} ${formatClock(ms, mode)}`;
}

/** Formats a tick of a time axis, as short as the width of the range allows. */
export function formatTick(
  ms: number,
  durationMs: number,
  mode: TimeZoneMode,
): string {
  if (durationMs > 2 * 86_400_000) {
    return formatter('day', mode, { day: 'numeric', month: 'short' }).format(
      ms,
    );
  }
  if (durationMs < 10 * 60_000) {
    return formatClock(ms, mode);
  }
  return formatter('minute', mode, {
    hour: '2-digit',
    minute: '2-digit',
  }).format(ms);
}

/** `2026-11-21T12:03` for a `datetime-local` field. */
export function toInputValue(ms: number, mode: TimeZoneMode): string {
  const offsetMs =
    mode === 'utc' ? 0 : new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(ms - offsetMs).toISOString().slice(0, 16);
}

/** The inverse of {@link toInputValue}; `NaN` for an incomplete field. */
export function fromInputValue(value: string, mode: TimeZoneMode): number {
  return Date.parse(mode === 'utc' ? `${value}Z` : value);
}
