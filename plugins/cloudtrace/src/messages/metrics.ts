/** Texts of the view about metrics. */
export const metricsMessages = {
  metrics: {
    title: 'Metrics',
    noValueNow: 'No value now: {{reason}}',
    missing: '{{label}} of {{resource}} has no value: {{reason}}',
    none: 'No metrics in this range. Providers read metrics every few minutes; try a longer range.',
  },
} as const;
