import {
  wordJudgement,
  type EventSeverity,
  type Health,
  type Insight,
  type LoadDistribution,
  type Scaling,
  type TimelineEvent,
} from '@cloudtrace/plugin-cloudtrace-common';
import { changeInsights } from './changeInsights';
import { failoverInsights } from './failoverInsights';
import { healthInsights } from './healthInsights';
import { jumpInsights } from './jumpInsights';
import { loadInsights } from './loadInsights';
import { scalingInsights } from './scalingInsights';
import type { FoundInsight } from './types';

/** Input for insights. A part that the caller may not read is absent. */
export interface InsightInput {
  load?: LoadDistribution;
  health?: Health;
  scaling?: Scaling;
  /** Newest first. */
  events: readonly TimelineEvent[];
  openFindings?: { critical: number };
}

const order: EventSeverity[] = ['critical', 'warning', 'info', 'success'];

/** Finds what stands out, worst first. Pure. */
export function findInsights(input: InsightInput): Insight[] {
  const { load, health, scaling, events, openFindings } = input;
  const jumps = load ? jumpInsights(load, events) : [];
  const changes = load ? changeInsights(load, jumps) : [];
  const grows = [...jumps, ...changes].some(
    ({ code }) =>
      code === 'traffic-up' || code === 'latency-jump' || code === 'latency-up',
  );
  return [
    ...(load ? loadInsights(load, health) : []),
    ...jumps,
    ...changes,
    ...(health ? healthInsights(health) : []),
    ...(scaling ? scalingInsights(scaling, { grows }) : []),
    ...failoverInsights(events),
    ...findingInsights(openFindings),
  ]
    .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
    .map(insight => ({
      figures: {},
      ...insight,
      text: wordJudgement(insight),
    }));
}

function findingInsights(
  findings: InsightInput['openFindings'],
): FoundInsight[] {
  const count = findings?.critical ?? 0;
  return count > 0
    ? [
        {
          kind: 'findings',
          code: 'critical-findings',
          severity: 'warning',
          values: { count },
          view: 'security-scans',
        },
      ]
    : [];
}
