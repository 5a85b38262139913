import {
  wordTexts,
  type FleetMetricSeries,
  type JudgementCode,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedObject, WorkloadObjects } from '../../objects/types';
import { untilNow } from '../clock';
import { fieldAt, listAt, textAt, timeAt } from '../fields';
import { currentValues, hpaMetrics } from './hpaMetrics';
import { parseQuantity } from './parseQuantity';
import { seriesIdOf } from './seriesIdOf';

/** The resolution of metrics-server, and how often an autoscaler reads its metrics. */
const PERIOD_MS = 15_000;

/** What the pods use, and the metrics of the autoscaler. */
export function describeMetrics(
  objects: WorkloadObjects,
  now: Date,
): FleetMetricSeries[] | undefined {
  const { podMetrics, hpa } = objects;
  if (!podMetrics && !hpa) return undefined;
  const used = [...(podMetrics?.values() ?? [])];
  return [
    ...resourceSeries(used, RESOURCES.cpu, now),
    ...resourceSeries(used, RESOURCES.memory, now),
    ...(hpa ? autoscalerSeries(hpa, now) : []),
  ];
}

interface Resource {
  name: 'cpu' | 'memory';
  seriesId: string;
  label: JudgementCode;
  unit: string;
}

/** CPU is in processors, of which a pod may use a part. */
const RESOURCES: Readonly<Record<Resource['name'], Resource>> = {
  cpu: {
    name: 'cpu',
    seriesId: 'cpu-use',
    label: 'metric-cpu-use',
    unit: 'cpu',
  },
  memory: {
    name: 'memory',
    seriesId: 'memory-use',
    label: 'metric-memory-use',
    unit: 'By',
  },
};

/** The average over the pods that metrics-server measured. */
function resourceSeries(
  podMetrics: readonly WatchedObject[],
  { name, seriesId, label, unit }: Resource,
  now: Date,
): FleetMetricSeries[] {
  const values = podMetrics.flatMap(pod => useOf(pod, name) ?? []);
  const times = podMetrics.flatMap(pod => timeAt(pod, 'timestamp') ?? []);
  if (values.length === 0 || times.length === 0) return [];
  const newest = new Date(Math.max(...times.map(time => time.getTime())));
  return [
    {
      seriesId,
      ...wordTexts({ label: { code: label, values: {} } }),
      unit,
      statistic: 'Average',
      periodMs: PERIOD_MS,
      times: [untilNow(newest, now).toISOString()],
      values: [values.reduce((sum, value) => sum + value, 0) / values.length],
    },
  ];
}

/** What all containers of a pod use together; absent if one of them is unreadable. */
function useOf(pod: WatchedObject, resource: string): number | undefined {
  const uses = listAt(pod, 'containers').map(container =>
    parseQuantity(fieldAt(container, 'usage', resource)),
  );
  if (uses.length === 0 || uses.includes(undefined)) return undefined;
  return uses.reduce<number>((sum, use) => sum + use!, 0);
}

/**
 * The status of an autoscaler has no time: it is what the controller knew at
 * its last round.
 */
function autoscalerSeries(hpa: WatchedObject, now: Date): FleetMetricSeries[] {
  const values = currentValues(hpa);
  const round = Math.floor(now.getTime() / PERIOD_MS) * PERIOD_MS;
  if (textAt(hpa, 'metadata', 'deletionTimestamp')) return [];
  return hpaMetrics(hpa).flatMap(metric => {
    const value = values.get(metric.key);
    if (value === undefined) return [];
    return [
      {
        seriesId: seriesIdOf(metric),
        ...wordTexts({ label: metric.label }),
        unit: metric.unit ?? '1',
        statistic: 'Average',
        periodMs: PERIOD_MS,
        times: [new Date(round).toISOString()],
        values: [value],
      },
    ];
  });
}
