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
  high: '#c53c25',
  medium: '#8f5b00',
  low: '#2f6fb0',
  info: '#636e79',
};

const DARK: Record<Severity, string> = {
  critical: '#ff8dad',
  high: '#ff9a7a',
  medium: '#f0b840',
  low: '#7fb8f3',
  info: '#a9b4bf',
};

/**
 * The colour of a severity, from dark to light, so that the order is visible.
 * Its contrast is at least 4.5, as text and behind a label.
 */
export function severityColor(
  severity: Severity,
  mode: 'light' | 'dark',
): string {
  return (mode === 'dark' ? DARK : LIGHT)[severity];
}
