import type { TimelineEvent } from '@cloudtrace/plugin-cloudtrace-common';
import { SEVERITY_ORDER } from './eventLook';

/** Events that are too close to draw separately. */
export interface EventCluster {
  /** Position of its first event, as a fraction of the range. */
  position: number;
  fromMs: number;
  toMs: number;
  /** The worst event; its icon represents all of them. */
  worst: TimelineEvent;
  events: TimelineEvent[];
}

/**
 * Joins events that are within one of `slots` slots of the first of them. So no
 * two icons overlap, a cluster is never wider than a slot, and its position is
 * that of its first event. Events outside the range are dropped.
 */
export function clusterEvents(
  events: TimelineEvent[],
  range: { fromMs: number; toMs: number },
  slots: number,
): EventCluster[] {
  const widthMs = range.toMs - range.fromMs;
  const gapMs = widthMs / slots;
  const clusters: TimelineEvent[][] = [];
  let startMs = -Infinity;
  for (const event of [...events].sort((a, b) => a.at.localeCompare(b.at))) {
    const atMs = Date.parse(event.at);
    if (atMs < range.fromMs || atMs > range.toMs) {
      continue;
    }
    if (atMs - startMs < gapMs) {
      clusters[clusters.length - 1].push(event);
    } else {
      clusters.push([event]);
      startMs = atMs;
    }
  }
  return clusters.map(list => {
    const fromMs = Date.parse(list[0].at);
    const toMs = Date.parse(list[list.length - 1].at);
    return {
      position: (fromMs - range.fromMs) / widthMs,
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
