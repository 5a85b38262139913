import type {
  EventSeverity,
  Health,
  Insight,
  LoadDistribution,
  LoadFlag,
  LoadGroup,
  Scaling,
  TimelineEvent,
} from '@cloudtrace/plugin-cloudtrace-common';

/** What insights are found in; absent parts may not be read. */
export interface InsightInput {
  load?: LoadDistribution;
  health?: Health;
  scaling?: Scaling;
  /** Newest first. */
  events: readonly TimelineEvent[];
}

const order: EventSeverity[] = ['critical', 'warning', 'info', 'success'];
/** How long before a jump its cause may have happened. */
const causeMs = 10 * 60_000;

/** Says what stands out, worst first. Pure. */
export function findInsights(input: InsightInput): Insight[] {
  const { load, health, scaling, events } = input;
  return [
    ...(load ? loadInsights(load, goneTargets(health)) : []),
    ...(load ? jumpInsights(load, events) : []),
    ...(health ? healthInsights(health) : []),
    ...(scaling ? scalingInsights(scaling) : []),
    ...failoverInsights(events),
  ].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

/** Instances that the fleet says are gone: it knows before requests stay away. */
function goneTargets(health: Health | undefined): Set<string> {
  const targets = health?.groups.flatMap(group => group.targets) ?? [];
  const idsOf = (each: (typeof targets)[number]) => [
    each.targetId,
    ...(each.instanceId ? [each.instanceId] : []),
  ];
  // An instance may have several targets.
  const present = new Set(targets.filter(each => each.present).flatMap(idsOf));
  return new Set(targets.flatMap(idsOf).filter(id => !present.has(id)));
}

function loadInsights(
  load: LoadDistribution,
  gone: ReadonlySet<string>,
): Insight[] {
  if (load.totals.requests === 0) {
    return [
      {
        kind: 'no-data',
        severity: 'info',
        text: 'No requests arrived in this range',
        figures: {},
        view: 'diagnostics',
      },
    ];
  }
  return load.groups.flatMap(group =>
    group.flags.flatMap(flag => {
      const over = flag.until !== undefined || gone.has(group.key);
      const text = describeFlag(group, flag, over);
      if (!text) return [];
      const insight: Insight = {
        kind: flag.kind,
        severity: over ? past(flag) : flag.severity,
        text,
        at: flag.since,
        subject: group.key,
        figures: {
          ...(flag.value !== undefined && { value: flag.value }),
          ...(flag.reference !== undefined && { reference: flag.reference }),
        },
        view: 'load-distribution',
      };
      return [insight];
    }),
  );
}

/** What is over matters less than what goes on. */
function past({ kind, severity }: LoadFlag): LoadFlag['severity'] {
  return kind === 'failing' && severity !== 'info' ? 'warning' : 'info';
}

function describeFlag(
  { label }: LoadGroup,
  flag: LoadFlag,
  gone: boolean,
): string | undefined {
  const { kind, value = 0, reference } = flag;
  const compared = (words: string, format: (figure: number) => string) =>
    reference === undefined ? '' : `, ${words} ${format(reference)}`;
  const subject = gone ? `${label}, now gone,` : label;
  switch (kind) {
    case 'hot':
    case 'cold':
      return `${subject} ${gone ? 'took' : 'takes'} ${percent(
        value,
      )} of the requests${compared(
        gone ? 'its fair share was' : 'its fair share is',
        percent,
      )}`;
    case 'slow':
      return `${subject} ${gone ? 'was' : 'is'} slow: p95 ${
        gone ? 'was' : 'is'
      } ${milliseconds(value)}${compared(
        gone ? "the others' was" : "the others' is",
        milliseconds,
      )}`;
    case 'failing':
      return `${subject} ${gone ? 'failed' : 'fails'} ${percent(
        value,
      )} of its requests${compared('the others', percent)}`;
    default:
      return undefined;
  }
}

/** Steps from which on latency or errors were much higher than before. */
function jumpInsights(
  load: LoadDistribution,
  events: readonly TimelineEvent[],
): Insight[] {
  const points = load.series.filter(({ requests }) => requests >= 10);
  const latency = findJump(
    points.map(({ t, p95Ms }) => ({ t, value: p95Ms ?? 0 })),
    { ratio: 1.8, least: 20 },
  );
  const errors = findJump(
    points.map(point => ({
      t: point.t,
      value: point.errors / point.requests,
    })),
    { ratio: 3, least: 0.02 },
  );
  const insights: Insight[] = [];
  if (latency) {
    const factor = latency.after / Math.max(latency.before, 0.001);
    insights.push({
      kind: 'latency-jump',
      severity: factor >= 3 ? 'critical' : 'warning',
      text: `p95 is ${factor.toFixed(1)} × what it was before (${milliseconds(
        latency.before,
      )} → ${milliseconds(latency.after)})`,
      at: latency.t,
      figures: { before: latency.before, after: latency.after },
      view: 'load-distribution',
      ...causeOf(latency.t, events, load.stepMs),
    });
  }
  if (errors) {
    insights.push({
      kind: 'error-jump',
      severity: errors.after >= 0.05 ? 'critical' : 'warning',
      text: `${percent(errors.after)} of the requests fail, ${percent(
        errors.before,
      )} did before`,
      at: errors.t,
      figures: { before: errors.before, after: errors.after },
      view: 'requests',
      ...causeOf(errors.t, events, load.stepMs),
    });
  }
  return insights;
}

/** The last step from which on the median is far above the median before, and stays so. */
function findJump(
  points: ReadonlyArray<{ t: string; value: number }>,
  limits: { ratio: number; least: number },
): { t: string; before: number; after: number } | undefined {
  let best: { t: string; before: number; after: number } | undefined;
  for (let i = 3; i <= points.length - 2; i += 1) {
    const before = median(points.slice(Math.max(0, i - 30), i));
    const after = median(points.slice(i, i + 10));
    const rises =
      after - before >= limits.least && after >= limits.ratio * before;
    // The step itself must be up already, or the jump would be told too early.
    if (!rises || points[i].value - before < (after - before) / 2) continue;
    if (!best || after - before > best.after - best.before) {
      best = { t: points[i].t, before, after };
    }
  }
  const now = median(points.slice(-3));
  return best && now >= best.before + (best.after - best.before) / 2
    ? best
    : undefined;
}

function median(points: ReadonlyArray<{ value: number }>): number {
  const sorted = points.map(({ value }) => value).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Kinds of events that can be the cause of a jump, or are an insight themselves. */
export const insightKinds: ReadonlyArray<TimelineEvent['kind']> = [
  'deploy',
  'failover',
  'drift',
  'database',
  'load-test',
];

/** The newest event shortly before a moment that can be its cause. */
function causeOf(
  t: string,
  events: readonly TimelineEvent[],
  stepMs: number,
): { causeEventId?: string } {
  const until = Date.parse(t) + stepMs;
  const cause = events.find(event => {
    const at = Date.parse(event.endedAt ?? event.at);
    const began = Date.parse(event.at);
    return (
      insightKinds.includes(event.kind) &&
      began <= until &&
      Math.max(at, began) >= Date.parse(t) - causeMs
    );
  });
  return { causeEventId: cause?.id };
}

function healthInsights(health: Health): Insight[] {
  return health.groups.flatMap(group =>
    group.targets
      .filter(({ present, state }) => present && state === 'unhealthy')
      .map<Insight>(target => ({
        kind: 'unhealthy',
        severity: 'critical',
        text: `${target.label} is unhealthy: ${
          target.reason?.summary ?? 'no reason was given'
        }`,
        at: target.since,
        subject: target.targetId,
        figures: { healthy: group.healthy, total: group.total },
        view: 'health-checks',
      })),
  );
}

function scalingInsights(scaling: Scaling): Insight[] {
  const insights: Insight[] = [];
  for (const { resource, capacity, limit, activities } of scaling.groups) {
    if (limit === 'at-max' && capacity.max !== undefined) {
      insights.push({
        kind: 'at-max',
        severity: 'warning',
        text: `${resource.name} is at its largest size (${capacity.max}) and cannot grow`,
        subject: resource.id,
        figures: { desired: capacity.desired, max: capacity.max },
        view: 'scaling-history',
      });
    }
    if (activities && activities.failed > 0) {
      insights.push({
        kind: 'failed-scaling',
        severity: 'warning',
        text: `${activities.failed} of ${activities.total} scaling activities of ${resource.name} failed`,
        subject: resource.id,
        figures: { failed: activities.failed },
        view: 'scaling-history',
      });
    }
  }
  for (const alarm of scaling.alarms) {
    if (alarm.state !== 'alarm') continue;
    insights.push({
      kind: 'alarm',
      severity: 'warning',
      text: `Alarm ${alarm.name} is raised`,
      at: alarm.since,
      subject: alarm.name,
      figures: {},
      view: 'scaling-history',
    });
  }
  return insights;
}

function failoverInsights(events: readonly TimelineEvent[]): Insight[] {
  return events
    .filter(({ kind }) => kind === 'failover')
    .slice(0, 3)
    .map(event => ({
      kind: 'failover',
      severity: event.endedAt ? 'warning' : event.severity,
      text: describeFailover(event),
      at: event.at,
      subject: event.failoverId,
      figures: {},
      view: 'failover-history',
    }));
}

function describeFailover({ title, detail, at, endedAt }: TimelineEvent) {
  if (!endedAt) return `${title} goes on: ${detail ?? ''}`;
  const durationMs = Date.parse(endedAt) - Date.parse(at);
  return durationMs > 0
    ? `${title}, over after ${duration(durationMs)}`
    : `${title}, over by the next look`;
}

function percent(fraction: number): string {
  const value = fraction * 100;
  return `${
    value >= 10 || value === 0 ? value.toFixed(0) : value.toFixed(1)
  } %`;
}

function milliseconds(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms)} ms`;
}

function duration(ms: number): string {
  if (ms < 60_000) return `${Math.round(ms / 1000)} s`;
  return ms < 3_600_000
    ? `${Math.round(ms / 60_000)} min`
    : `${(ms / 3_600_000).toFixed(1)} h`;
}
