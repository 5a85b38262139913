import { InputError } from '@backstage/errors';
import { HOUR_MS, DAY_MS } from '@cloudtrace/plugin-cloudtrace-common';

/** Slightly more than the default retention of daily rollups. */
const MAX_RANGE_MS = 6 * 366 * DAY_MS;

/**
 * Reads `from` and `to`; the default is the last hour.
 *
 * @throws `InputError` if the range is empty, longer than six years or in the
 * future
 */
export function parseRange(
  query: { from?: string; to?: string },
  now: Date = new Date(),
  defaultMs: number = HOUR_MS,
): { from: Date; to: Date } {
  const to = query.to === undefined ? now : parseTime('to', query.to);
  const from =
    query.from === undefined
      ? new Date(to.getTime() - defaultMs)
      : parseTime('from', query.from);
  if (from >= to) {
    throw new InputError(
      `Invalid range: 'from' (${from.toISOString()}) must be before 'to' (${to.toISOString()})`,
    );
  }
  if (to.getTime() - from.getTime() > MAX_RANGE_MS) {
    throw new InputError(`Invalid range: at most six years are allowed`);
  }
  if (from.getTime() > now.getTime() + DAY_MS) {
    throw new InputError(
      `Invalid range: 'from' (${from.toISOString()}) is in the future`,
    );
  }
  return { from, to };
}

function parseTime(name: string, text: string): Date {
  const time = new Date(text);
  // The OpenAPI document checks the format, but not days such as 31 June.
  if (Number.isNaN(time.getTime())) {
    throw new InputError(
      `Invalid query parameter '${name}': '${text}' is not a valid time`,
    );
  }
  if (time.getUTCFullYear() < 1970 || time.getUTCFullYear() > 2500) {
    throw new InputError(
      `Invalid query parameter '${name}': '${text}' is out of range`,
    );
  }
  return time;
}
