/** Texts of the view about metrics. */
export const metricsMessages = {
  metrics: {
    title: 'Metrics',
    none: 'No metrics in this range. Providers read metrics every few minutes; try a longer range.',
  },
};
