import type { Severity } from '@cloudtrace/plugin-cloudtrace-common';

/** Severities from lowest to highest; the index is stored. */
export const severities = [
  'info',
  'low',
  'medium',
  'high',
  'critical',
] as const satisfies readonly Severity[];

/** The stored number of a severity: 4 is critical. */
export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}

/** Severity of a CVSS score on FIRST's qualitative scale. */
export function severityOfScore(score: number): Severity {
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'info';
}

/** Severity of a number from 0 to 100 on the scale of AWS Security Hub. */
export function severityOfPercent(percent: number | undefined): Severity {
  if (percent === undefined) return 'medium';
  if (percent >= 90) return 'critical';
  if (percent >= 70) return 'high';
  if (percent >= 40) return 'medium';
  return percent > 0 ? 'low' : 'info';
}

const words: Record<string, Severity> = {
  blocker: 'critical',
  critical: 'critical',
  important: 'high',
  high: 'high',
  error: 'high',
  major: 'high',
  moderate: 'medium',
  medium: 'medium',
  warning: 'medium',
  minor: 'low',
  low: 'low',
  note: 'low',
  negligible: 'info',
  none: 'info',
  info: 'info',
  informational: 'info',
};

/** Severity of a tool's word; `undefined` for unknown words. */
export function severityOfWord(word: string | undefined): Severity | undefined {
  const key = word?.trim().toLowerCase() ?? '';
  return Object.prototype.hasOwnProperty.call(words, key)
    ? words[key]
    : undefined;
}
