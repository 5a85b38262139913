import type { Severity } from '@cloudtrace/plugin-cloudtrace-common';

/** Severities, worst first. */
export const SEVERITIES: Severity[] = [
  'critical',
  'high',
  'medium',
  'low',
  'info',
];

const LIGHT: Record<Severity, string> = {
  critical: '#8e0b2c',
  high: '#d1432b',
  medium: '#b7770d',
  low: '#2f6fb0',
  info: '#75808c',
};

const DARK: Record<Severity, string> = {
  critical: '#ff5c8a',
  high: '#ff8563',
  medium: '#f0b840',
  low: '#76b2f0',
  info: '#9aa5b1',
};

/** The colour of a severity; dark to light, so that the order is visible. */
export function severityColor(
  severity: Severity,
  mode: 'light' | 'dark',
): string {
  return (mode === 'dark' ? DARK : LIGHT)[severity];
}
