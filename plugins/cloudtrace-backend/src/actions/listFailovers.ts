import {
  DAY_MS,
  type FailoverSummary,
} from '@cloudtrace/plugin-cloudtrace-common';
import { availabilitySchema, noticesSchema, toNotices } from './notices';
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
import { READ_ONLY, type Zod, type ActionDeps } from './types';

const NAME = 'list-failovers';

/** Registers the action that lists failovers. */
export function registerListFailovers({ registry, readAs }: ActionDeps) {
  registry.register({
    name: NAME,
    title: 'List failovers of a service',
    description: `Lists what failed (an instance, a zone, a database or all targets), newest first: when it began, was detected and recovered, whether it was planned, and how many requests failed. With statistics of the whole range.
Example: {"entityRef": "component:default/checkout", "from": "2026-05-01T00:00:00Z"}`,
    attributes: READ_ONLY,
    schema: {
      input: z =>
        z
          .object({
            ...entityInput(z),
            ...rangeInput(z, '7 days'),
            ...limitInput(z),
            ...cursorInput(z),
          })
          .strict(),
      output: z =>
        z.object({
          ...scopeOutput(z),
          availability: availabilitySchema(z),
          statistics: z
            .object({
              count: z.number(),
              ongoing: z.number(),
              unplanned: z.number(),
              meanTimeToDetectMs: z.number().optional(),
              meanTimeToRecoverMs: z.number().optional(),
              longestMs: z.number().optional(),
              requestsFailed: z.number().optional(),
              impactUnknown: z
                .number()
                .describe('Failovers whose failed requests are not known'),
            })
            .describe('Of all failovers of the range'),
          failovers: z.array(failoverSchema(z)),
          nextCursor: z.string().optional(),
          notices: noticesSchema(z),
        }),
    },
    examples: [
      {
        title: 'Failovers of the last week',
        input: { entityRef: 'component:default/checkout' },
      },
    ],
    action: async ({ input, credentials }) => {
      const read = readAs(NAME, { credentials });
      const entityRef = readEntityRef(input.entityRef);
      const range = fixRange(input, 7 * DAY_MS);
      const page = await read(
        'listFailovers',
        {
          ...range,
          environment: input.environment,
          limit: input.limit ?? DEFAULT_LIMIT,
          cursor: input.cursor,
        },
        entityRef,
      );
      const notes = new Notes();
      if (page.nextCursor) {
        notes.add('There are more failovers: pass `nextCursor` as `cursor`.');
      }
      return {
        output: {
          entityRef,
          environment: page.environment,
          ...range,
          availability: page.availability,
          statistics: page.statistics,
          failovers: page.items.map(toFailover),
          nextCursor: page.nextCursor,
          notices: toNotices(page.notices),
          notes: notes.list(),
        },
      };
    },
  });
}

function failoverSchema(z: Zod) {
  return z.object({
    failoverId: z.string(),
    subjectKind: z.enum(['instance', 'zone', 'database', 'all-targets']),
    subject: outsideTextSchema(z, 'What failed'),
    zone: outsideTextSchema(z, 'Zone').optional(),
    cause: outsideTextSchema(z, 'The cause in words'),
    nextStep: outsideTextSchema(z, 'What to do about it').optional(),
    planned: z.enum(['yes', 'no', 'unknown']),
    ongoing: z.boolean(),
    startedAt: z.string(),
    detectedAt: z.string(),
    recoveredAt: z.string().optional(),
    timeToDetectMs: z.number().optional(),
    timeToRecoverMs: z.number().optional(),
    requestsFailed: z.number().optional().describe('Absent if unknown'),
    requestsShifted: z.number().optional().describe('Absent if unknown'),
    errorRateBefore: z.number().optional(),
    errorRateDuring: z.number().optional(),
    missingData: z
      .array(z.string())
      .describe('Missing observations: treat the figures with caution'),
  });
}

function toFailover(failover: FailoverSummary) {
  const { subject, cause, impact } = failover;
  return {
    failoverId: failover.failoverId,
    subjectKind: subject.kind,
    subject: outsideText(subject.label),
    zone: outsideText(subject.zone),
    cause: outsideText(cause.summary),
    nextStep: outsideText(cause.nextStep),
    planned: failover.planned,
    ongoing: failover.ongoing,
    startedAt: failover.startedAt,
    detectedAt: failover.detectedAt,
    recoveredAt: failover.recoveredAt,
    timeToDetectMs: failover.timeToDetectMs,
    timeToRecoverMs: failover.timeToRecoverMs,
    requestsFailed: impact.requestsFailed,
    requestsShifted: impact.requestsShifted,
    errorRateBefore: impact.errorRateBefore,
    errorRateDuring: impact.errorRateDuring,
    missingData: failover.missingData,
  };
}
