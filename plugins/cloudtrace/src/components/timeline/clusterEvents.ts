import type { TimelineEvent } from '@cloudtrace/plugin-cloudtrace-common';
import { SEVERITY_ORDER } from './eventLook';

/** Events too close to each other to be drawn apart. */
export interface EventCluster {
  /** Middle of the cluster as a fraction of the range. */
  position: number;
  fromMs: number;
  toMs: number;
  /** The worst event; its icon stands for all. */
  worst: TimelineEvent;
  events: TimelineEvent[];
}

/** Puts events on a range of `slots` places, joining those that share one. */
export function clusterEvents(
  events: TimelineEvent[],
  range: { fromMs: number; toMs: number },
  slots: number,
): EventCluster[] {
  const widthMs = range.toMs - range.fromMs;
  const clusters = new Map<number, TimelineEvent[]>();
  for (const event of events) {
    const part = (Date.parse(event.at) - range.fromMs) / widthMs;
    if (part >= 0 && part <= 1) {
      const slot = Math.min(Math.floor(part * slots), slots - 1);
      clusters.set(slot, [...(clusters.get(slot) ?? []), event]);
    }
  }
  return [...clusters]
    .sort(([a], [b]) => a - b)
    .map(([, list]) => {
      const times = list.map(event => Date.parse(event.at));
      const fromMs = Math.min(...times);
      const toMs = Math.max(...times);
      return {
        position: ((fromMs + toMs) / 2 - range.fromMs) / widthMs,
        fromMs,
        toMs,
        worst: list.reduce((worst, event) =>
          SEVERITY_ORDER.indexOf(event.severity) >
          SEVERITY_ORDER.indexOf(worst.severity)
            ? event
            : worst,
        ),
        events: list,
      };
    });
}
