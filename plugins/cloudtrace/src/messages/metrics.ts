/** Texts of the view about metrics. */
export const metricsMessages = {
  metrics: {
    title: 'Metrics',
    none: 'No metrics were read in this range. Providers read them every few minutes; a longer range may show some.',
  },
};
