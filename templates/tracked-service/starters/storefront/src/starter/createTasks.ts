import { PeriodicTask } from '../tasks/PeriodicTask.js';
import type { AttemptLimiter } from '../shop/limits/AttemptLimiter.js';
import type { InstanceSampler } from '../shop/live/InstanceSampler.js';
import type { LiveHub } from '../shop/live/LiveHub.js';
import type { SampleStore } from '../shop/live/SampleStore.js';
import type { SessionStore } from '../shop/sessions/SessionStore.js';
import type { StarterContext } from './types.js';

const cleanUpPeriodMs = 60_000;

/** Measuring, the dashboards, and removing what has expired. */
export function createTasks(
  options: Pick<StarterContext, 'config' | 'logger'> & {
    hub: LiveHub;
    limiter: AttemptLimiter;
    sampler: InstanceSampler;
    samples: SampleStore;
    sessions: SessionStore;
  },
): PeriodicTask[] {
  const { config, logger, hub, limiter, sampler, samples, sessions } = options;
  const periodMs = config.SAMPLE_PERIOD_MS;
  return [
    new PeriodicTask({
      name: 'measure this instance',
      periodMs,
      logger,
      run: () => samples.write(sampler.take({ leaving: false })),
    }),
    new PeriodicTask({
      name: 'update the dashboards',
      periodMs,
      logger,
      run: () => hub.update(),
    }),
    new PeriodicTask({
      name: 'remove what has expired',
      periodMs: cleanUpPeriodMs,
      logger,
      run: async () => {
        await sessions.deleteExpired();
        await limiter.deleteEnded();
        await samples.deleteOld();
      },
    }),
  ];
}
