import type { TimelineEvent } from '@cloudtrace/plugin-cloudtrace-common';
import { MINUTE_MS } from '@cloudtrace/plugin-cloudtrace-common';
import {
  figuresSchema,
  insightSchema,
  toFigures,
  toInsight,
} from './judgements';
import { loadGroupSchema, slowestFirst, toLoadGroup } from './loadGroups';
import { outsideText, outsideTextSchema } from './outsideText';
import { Notes } from './Notes';
import { entityInput, fixRange, readEntityRef, scopeOutput } from './scope';
import { READ_ONLY, type Read, type ActionDeps } from './types';

const NAME = 'explain-window';
const MAX_GROUPS = 8;
const MAX_EVENTS = 20;
const MAX_INSIGHTS = 15;
/** How long before the window an event can be its cause. */
const LEAD_MS = 30 * MINUTE_MS;

/** Registers the action that explains a range of time. */
export function registerExplainWindow({ registry, readAs }: ActionDeps) {
  registry.register({
    name: NAME,
    title: 'Explain why a service was slow or failing',
    description: `Explains a window of time: figures compared with the window before, what stands out with its likely cause, the slowest routes and instances, and what happened in the window and in the 30 minutes before it (deploys, scaling, failovers, alarms, health).
Use it for "why was it slow or failing between two times". For single requests, call find-slow-requests.
Example: {"entityRef": "component:default/checkout", "environment": "production", "from": "2026-05-04T10:00:00Z", "to": "2026-05-04T10:30:00Z"}`,
    attributes: READ_ONLY,
    schema: {
      input: z =>
        z
          .object({
            ...entityInput(z),
            from: z
              .string()
              .describe(
                'Start of the window, ISO 8601 with time zone, such as `2026-05-04T10:00:00Z`',
              ),
            to: z
              .string()
              .describe('End of the window, ISO 8601 with time zone'),
          })
          .strict(),
      output: z =>
        z.object({
          ...scopeOutput(z),
          figures: figuresSchema(z),
          totals: z
            .object({
              requests: z.number(),
              errors: z.number(),
              errorRate: z.number().optional(),
              requestsPerSecond: z.number(),
              p50Ms: z.number().optional(),
              p95Ms: z.number().optional(),
              p99Ms: z.number().optional(),
              maxMs: z.number().optional(),
            })
            .optional()
            .describe('All requests of the window; absent if not readable'),
          insights: z
            .array(insightSchema(z))
            .describe('What stands out, worst first'),
          routes: z
            .array(loadGroupSchema(z, 'Method and route'))
            .describe('Notable ones first, then slowest by p95'),
          instances: z
            .array(loadGroupSchema(z, 'Instance'))
            .describe('Notable ones first, then slowest by p95'),
          events: z
            .array(
              z.object({
                id: z.string(),
                at: z.string(),
                endedAt: z.string().optional(),
                kind: z.string(),
                severity: z.string(),
                title: outsideTextSchema(z, 'The event in words'),
                detail: outsideTextSchema(z, 'Details').optional(),
                subject: outsideTextSchema(z, 'What it concerns').optional(),
              }),
            )
            .describe(
              'In the window and the 30 minutes before it, in order of time',
            ),
        }),
    },
    examples: [
      {
        title: 'Why was checkout slow this morning?',
        input: {
          entityRef: 'component:default/checkout',
          environment: 'production',
          from: '2026-05-04T10:00:00Z',
          to: '2026-05-04T10:30:00Z',
        },
      },
    ],
    action: async ({ input, credentials }) => {
      const read = readAs(NAME, { credentials });
      const entityRef = readEntityRef(input.entityRef);
      const range = fixRange(input);
      const scope = { ...range, environment: input.environment };
      const overview = await read('getOverview', scope, entityRef);
      const { hidden } = overview;
      const notes = new Notes().hidden(hidden);
      const [load, timeline] = await Promise.all([
        hidden.includes('requests')
          ? undefined
          : readLoad(read, entityRef, scope),
        read(
          'getTimeline',
          {
            ...scope,
            from: new Date(Date.parse(range.from) - LEAD_MS).toISOString(),
            limit: 1000,
          },
          entityRef,
        ),
      ]);
      if (load?.totals.requests === 0) {
        notes.add(
          'No requests are stored for this window. That can mean no traffic or no data; get-diagnostics says which.',
        );
      }
      if (load && (load.from !== range.from || load.to !== range.to)) {
        notes.add(
          `Figures of requests cover ${load.from} to ${load.to}: they are counted by the minute, older ones by the hour or day.`,
        );
      }
      const causes = overview.insights.map(({ causeEventId }) => causeEventId);
      return {
        output: {
          entityRef,
          environment: overview.environment,
          ...range,
          figures: toFigures(overview.figures),
          totals: load && {
            requests: load.totals.requests,
            errors: load.totals.errors,
            errorRate: load.totals.errorRate,
            requestsPerSecond: load.totals.requestsPerSecond,
            p50Ms: load.totals.latencyMs.p50,
            p95Ms: load.totals.latencyMs.p95,
            p99Ms: load.totals.latencyMs.p99,
            maxMs: load.totals.latencyMs.max,
          },
          insights: notes
            .first(overview.insights, MAX_INSIGHTS, 'insights')
            .map(toInsight),
          routes: notes
            .first(
              slowestFirst(load?.routes.groups ?? []),
              MAX_GROUPS,
              'routes',
              load?.routes.groupsTotal,
            )
            .map(toLoadGroup),
          instances: notes
            .first(
              slowestFirst(load?.instances.groups ?? []),
              MAX_GROUPS,
              'instances',
              load?.instances.groupsTotal,
            )
            .map(toLoadGroup),
          events: notes
            .first(
              mostTellingFirst(timeline.items, causes),
              MAX_EVENTS,
              'events, likely causes and the most severe first',
              timeline.total,
            )
            .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
            .map(toEvent),
          notes: notes.list(),
        },
      };
    },
  });
}

async function readLoad(
  read: Read,
  entityRef: string,
  scope: { environment?: string; from: string; to: string },
) {
  const [instances, routes] = await Promise.all(
    (['instance', 'route'] as const).map(groupBy =>
      read('getLoadDistribution', { ...scope, groupBy, limit: 500 }, entityRef),
    ),
  );
  const { from, to, totals } = instances;
  return { from, to, totals, instances, routes };
}

const SEVERITIES = ['critical', 'warning', 'success', 'info'];

function mostTellingFirst(
  events: readonly TimelineEvent[],
  causes: ReadonlyArray<string | undefined>,
): TimelineEvent[] {
  const rank = ({ id, severity }: TimelineEvent) =>
    causes.includes(id) ? -1 : SEVERITIES.indexOf(severity);
  return [...events].sort(
    (a, b) => rank(a) - rank(b) || Date.parse(b.at) - Date.parse(a.at),
  );
}

function toEvent(event: TimelineEvent) {
  return {
    id: event.id,
    at: event.at,
    endedAt: event.endedAt,
    kind: event.kind,
    severity: event.severity,
    title: outsideText(event.title),
    detail: outsideText(event.detail),
    subject: outsideText(event.subject),
  };
}
