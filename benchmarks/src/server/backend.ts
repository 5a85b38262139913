/*
 * The backend under test: a real Backstage backend with the CloudTrace plugin,
 * and the baseline behind the same HTTP server. Reports its resource usage to
 * its parent on request.
 */
import { createBackend } from '@backstage/backend-defaults';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { cloudtraceFeature } from '../../../plugins/cloudtrace-backend/src/feature';
import kubernetesModule from '../../../plugins/cloudtrace-backend-module-kubernetes/src';
import { baselinePlugin } from './baselinePlugin';
import { catalogPlugin } from './catalogPlugin';

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
let peakRss = 0;
setInterval(() => {
  peakRss = Math.max(peakRss, process.memoryUsage.rss());
}, 20).unref();

process.on('message', message => {
  if (message === 'usage') {
    const cpu = process.cpuUsage();
    process.send!({
      cpuSeconds: (cpu.user + cpu.system) / 1e6,
      rssBytes: process.memoryUsage.rss(),
      peakRssBytes: peakRss,
      eventLoopDelayP99Ms: delay.percentile(99) / 1e6,
      eventLoopDelayMaxMs: delay.max / 1e6,
    });
  } else if (message === 'resetDelay') {
    delay.reset();
    process.send!('reset');
  } else if (message === 'reset') {
    delay.reset();
    peakRss = 0;
    (globalThis as { gc?: () => void }).gc?.();
    process.send!('reset');
  }
});
process.on('disconnect', () => process.exit(0));

const backend = createBackend();
backend.add(cloudtraceFeature);
backend.add(kubernetesModule);
backend.add(baselinePlugin);
backend.add(catalogPlugin);
backend.start().then(
  () => process.send!('started'),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
