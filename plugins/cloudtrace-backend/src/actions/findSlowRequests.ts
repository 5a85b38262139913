import type { RequestRecord } from '@cloudtrace/plugin-cloudtrace-common';
import { outsideText, outsideTextSchema } from './outsideText';
import { Notes } from './Notes';
import {
  cursorInput,
  DEFAULT_LIMIT,
  entityInput,
  fixRange,
  limitInput,
  rangeInput,
  readEntityRef,
  scopeOutput,
} from './scope';
import { READ_ONLY, type ActionDeps } from './types';

const NAME = 'find-slow-requests';

/** Registers the action that lists slow or failed requests. */
export function registerFindSlowRequests({ registry, readAs }: ActionDeps) {
  registry.register({
    name: NAME,
    title: 'Find slow or failed requests',
    description: `Lists single requests that took at least a given time, newest first, with their trace ids. Without minDurationMs, the limit is the 95th percentile (p95) of the range. With errorsOnly, it lists failed requests of any duration.
Example: {"entityRef": "component:default/checkout", "from": "2026-05-04T10:00:00Z", "to": "2026-05-04T10:30:00Z", "minDurationMs": 500}`,
    attributes: READ_ONLY,
    schema: {
      input: z =>
        z
          .object({
            ...entityInput(z),
            ...rangeInput(z, 'one hour'),
            minDurationMs: z
              .number()
              .min(0)
              .optional()
              .describe(
                'Shortest duration in milliseconds. By default the p95 of the range.',
              ),
            errorsOnly: z
              .boolean()
              .optional()
              .describe('Only failed requests, of any duration by default'),
            route: z
              .string()
              .optional()
              .describe('Only this route, such as `/cart` or `GET /cart`'),
            instanceId: z.string().optional().describe('Only this instance'),
            ...limitInput(z),
            ...cursorInput(z),
          })
          .strict(),
      output: z =>
        z.object({
          ...scopeOutput(z),
          minDurationMs: z
            .number()
            .optional()
            .describe('The limit that was used, in milliseconds'),
          p95Ms: z
            .number()
            .optional()
            .describe('p95 of all requests of the range, for comparison'),
          total: z
            .number()
            .optional()
            .describe('Exact number of requests found'),
          totalAtLeast: z
            .number()
            .optional()
            .describe('Or a lower bound of it'),
          requests: z.array(
            z.object({
              startedAt: z.string(),
              durationMs: z.number(),
              error: z.boolean(),
              statusCode: z.number().optional(),
              kind: z
                .enum(['server', 'consumer'])
                .describe('A request, or a message from a queue'),
              method: outsideTextSchema(z, 'Method'),
              route: outsideTextSchema(z, 'Route'),
              instanceId: outsideTextSchema(z, 'Instance'),
              zone: outsideTextSchema(z, 'Zone').optional(),
              traceId: z.string(),
              spanId: z.string(),
            }),
          ),
          nextCursor: z.string().optional(),
        }),
    },
    examples: [
      {
        title: 'Requests that took half a second or longer',
        input: {
          entityRef: 'component:default/checkout',
          from: '2026-05-04T10:00:00Z',
          to: '2026-05-04T10:30:00Z',
          minDurationMs: 500,
        },
      },
    ],
    action: async ({ input, credentials }) => {
      const read = readAs(NAME, { credentials });
      const entityRef = readEntityRef(input.entityRef);
      const range = fixRange(input);
      const scope = { ...range, environment: input.environment };
      const load = await read(
        'getLoadDistribution',
        { ...scope, groupBy: 'zone', limit: 1 },
        entityRef,
      );
      const p95Ms = load.totals.latencyMs.p95;
      const minDurationMs =
        input.minDurationMs ?? (input.errorsOnly ? undefined : p95Ms);
      const page = await read(
        'listRequests',
        {
          ...scope,
          minDurationMs,
          errorsOnly: input.errorsOnly ?? false,
          route: input.route === undefined ? undefined : [input.route],
          instance:
            input.instanceId === undefined ? undefined : [input.instanceId],
          limit: input.limit ?? DEFAULT_LIMIT,
          cursor: input.cursor,
        },
        entityRef,
      );
      const notes = new Notes();
      if (page.nextCursor) {
        notes.add('There are more requests: pass `nextCursor` as `cursor`.');
      }
      if (page.rawSince && page.rawSince > range.from && !page.archived) {
        notes.add(
          `Single requests are stored since ${page.rawSince}. Earlier ones count in figures, but are not listed.`,
        );
      }
      if (page.archivedDays?.length) {
        notes.add(
          `Requests of ${page.archivedDays.length} archived days are not listed. Search one day (UTC) at a time.`,
        );
      }
      return {
        output: {
          entityRef,
          environment: page.environment,
          ...range,
          minDurationMs,
          p95Ms,
          total: page.total,
          totalAtLeast: page.totalAtLeast,
          requests: page.items.map(toRequest),
          nextCursor: page.nextCursor,
          notes: notes.list(),
        },
      };
    },
  });
}

function toRequest(request: RequestRecord) {
  return {
    startedAt: request.startedAt,
    durationMs: request.durationMs,
    error: request.error,
    statusCode: request.statusCode,
    kind: request.kind,
    method: outsideText(request.method),
    route: outsideText(request.route),
    instanceId: outsideText(request.instanceId),
    zone: outsideText(request.zone),
    traceId: request.traceId,
    spanId: request.spanId,
  };
}
