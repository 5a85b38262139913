import {
  DAY_MS,
  type ScalingActivityRecord,
  type ScalingGroup,
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

const NAME = 'explain-scaling';
const MAX_GROUPS = 10;
const MAX_POLICIES = 10;

/** Registers the action that explains capacity and its changes. */
export function registerExplainScaling({ registry, readAs }: ActionDeps) {
  registry.register({
    name: NAME,
    title: 'Explain how a service scaled',
    description: `Explains the capacity of a service: current size and limits of each group, its scaling rules, and each change with its cause ("alarm cpu-high: CPU 74 % > 70 % → +1"), newest first. Failed changes have a next step.
Example: {"entityRef": "component:default/checkout", "environment": "production", "from": "2026-05-04T00:00:00Z"}`,
    attributes: READ_ONLY,
    schema: {
      input: z =>
        z
          .object({
            ...entityInput(z),
            ...rangeInput(z, '24 hours'),
            ...limitInput(z),
            ...cursorInput(z),
          })
          .strict(),
      output: z =>
        z.object({
          ...scopeOutput(z),
          availability: availabilitySchema(z),
          groups: z.array(groupSchema(z)),
          activities: z.array(activitySchema(z)),
          activitiesTotal: z
            .number()
            .optional()
            .describe(
              'Absent if the activities of a group could never be read',
            ),
          nextCursor: z.string().optional(),
          notices: noticesSchema(z),
        }),
    },
    examples: [
      {
        title: 'Why did checkout scale today?',
        input: {
          entityRef: 'component:default/checkout',
          from: '2026-05-04T00:00:00Z',
        },
      },
    ],
    action: async ({ input, credentials }) => {
      const read = readAs(NAME, { credentials });
      const entityRef = readEntityRef(input.entityRef);
      const range = fixRange(input, DAY_MS);
      const scope = { ...range, environment: input.environment };
      const [scaling, page] = await Promise.all([
        read('getScaling', scope, entityRef),
        read(
          'listScalingActivities',
          {
            ...scope,
            limit: input.limit ?? DEFAULT_LIMIT,
            cursor: input.cursor,
          },
          entityRef,
        ),
      ]);
      const notes = new Notes();
      if (page.nextCursor) {
        notes.add('There are more changes: pass `nextCursor` as `cursor`.');
      }
      return {
        output: {
          entityRef,
          environment: scaling.environment,
          ...range,
          availability: scaling.availability,
          groups: notes
            .first(scaling.groups, MAX_GROUPS, 'groups')
            .map(toGroup),
          activities: page.items.map(toActivity),
          activitiesTotal: page.total,
          nextCursor: page.nextCursor,
          notices: toNotices(scaling.notices),
          notes: notes.list(),
        },
      };
    },
  });
}

function groupSchema(z: Zod) {
  return z.object({
    name: outsideTextSchema(z, 'Group'),
    type: z.string(),
    asOf: z.string().optional().describe('When it was last read'),
    stale: z.boolean().optional(),
    capacity: z.object({
      min: z.number().optional(),
      desired: z.number(),
      max: z.number().optional(),
      inService: z.number(),
      pending: z.number().optional(),
      terminating: z.number().optional(),
    }),
    limit: z.enum(['none', 'at-max', 'at-min', 'at-zero', 'fixed', 'unknown']),
    policies: z
      .array(
        z.object({
          name: outsideTextSchema(z, 'Scaling rule'),
          kind: z.string(),
          enabled: z.boolean(),
          metricName: outsideTextSchema(z, 'Metric').optional(),
          targetValue: z.number().optional(),
          unit: z.string().optional().describe('Unit of the metric'),
        }),
      )
      .optional()
      .describe('Absent if they could not be read'),
    suspendedProcesses: z
      .array(z.string())
      .optional()
      .describe('Processes that someone switched off'),
    activities: z
      .object({
        total: z.number(),
        failed: z.number(),
        inProgress: z.number(),
        scaleOut: z.number(),
        scaleIn: z.number(),
      })
      .optional()
      .describe('Numbers of changes in the range; absent if never read'),
  });
}

function toGroup(group: ScalingGroup) {
  const { resource, capacity, limit, policies, activities } = group;
  return {
    name: outsideText(resource.name),
    type: resource.type,
    asOf: resource.asOf,
    stale: resource.stale,
    capacity,
    limit,
    policies: policies?.slice(0, MAX_POLICIES).map(policy => ({
      name: outsideText(policy.name),
      kind: policy.kind,
      enabled: policy.enabled,
      metricName: outsideText(policy.metricName),
      targetValue: policy.targetValue,
      unit: policy.unit,
    })),
    suspendedProcesses: group.suspendedProcesses?.map(({ name }) => name),
    activities,
  };
}

function activitySchema(z: Zod) {
  return z.object({
    startedAt: z.string(),
    endedAt: z.string().optional(),
    durationMs: z.number().optional(),
    group: outsideTextSchema(z, 'Group'),
    kind: z.string(),
    status: z.string(),
    causeKind: z.string(),
    summary: outsideTextSchema(z, 'The cause in words'),
    message: outsideTextSchema(z, 'Error of a failed change').optional(),
    nextStep: outsideTextSchema(z, 'What to do about it').optional(),
    fromCapacity: z.number().optional(),
    toCapacity: z.number().optional(),
  });
}

function toActivity(activity: ScalingActivityRecord) {
  return {
    startedAt: activity.startedAt,
    endedAt: activity.endedAt,
    durationMs: activity.durationMs,
    group: outsideText(activity.resourceName),
    kind: activity.kind,
    status: activity.status,
    causeKind: activity.causeKind,
    summary: outsideText(activity.summary),
    message: outsideText(activity.message),
    nextStep: outsideText(activity.nextStep),
    fromCapacity: activity.fromCapacity,
    toCapacity: activity.toCapacity,
  };
}
