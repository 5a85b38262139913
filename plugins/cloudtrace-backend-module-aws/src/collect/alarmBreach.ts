import type { AlarmBreach, ComparisonSign } from '../region/KnownAlarm';

/** CloudWatch's comparison of an alarm as a symbol. */
export function comparisonSign(
  operator: string | undefined,
): ComparisonSign | undefined {
  switch (operator) {
    case 'GreaterThanThreshold':
      return '>';
    case 'GreaterThanOrEqualToThreshold':
      return '>=';
    case 'LessThanThreshold':
      return '<';
    case 'LessThanOrEqualToThreshold':
      return '<=';
    default:
      return undefined;
  }
}

/** CloudWatch's unit in this module's notation. */
export function plainUnit(unit: string | undefined): string | undefined {
  switch (unit) {
    case undefined:
    case '':
    case 'None':
      return undefined;
    case 'Percent':
      return '%';
    case 'Count':
      return '1';
    case 'Count/Second':
      return '1/s';
    case 'Seconds':
      return 's';
    case 'Milliseconds':
      return 'ms';
    case 'Microseconds':
      return 'us';
    case 'Bytes':
      return 'By';
    case 'Bytes/Second':
      return 'By/s';
    default:
      return unit;
  }
}

/** Reads the reason data (JSON) that CloudWatch attaches to a state. */
export function parseReasonData(
  at: string,
  reasonData: unknown,
): AlarmBreach | undefined {
  const data =
    typeof reasonData === 'string' ? parseJson(reasonData) : reasonData;
  if (typeof data !== 'object' || data === null) return undefined;
  const { recentDatapoints, threshold, unit, evaluatedDatapoints } =
    data as Record<string, unknown>;
  const values = Array.isArray(recentDatapoints) ? recentDatapoints : [];
  let metricValue: unknown = values[values.length - 1];
  // This list has the newest first, the other one the newest last.
  const newest = Array.isArray(evaluatedDatapoints)
    ? (evaluatedDatapoints[0] as { value?: unknown } | undefined)?.value
    : undefined;
  if (typeof metricValue !== 'number') metricValue = newest;
  return {
    at,
    metricValue: finite(metricValue),
    threshold: finite(threshold),
    unit: typeof unit === 'string' ? plainUnit(unit) : undefined,
  };
}

function finite(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : undefined;
}

/** Parses AWS's JSON, which may be truncated or absent. */
export function parseJson(text: string | undefined): unknown {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
