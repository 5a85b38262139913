import {
  figuresSchema,
  insightSchema,
  statusSchema,
  toFigures,
  toInsight,
  toStatus,
} from './judgements';
import { Notes } from './Notes';
import {
  entityInput,
  fixRange,
  rangeInput,
  readEntityRef,
  scopeOutput,
} from './scope';
import { READ_ONLY, type Zod, type ActionDeps } from './types';

const NAME = 'get-service-summary';
const MAX_INSIGHTS = 5;

const severityCounts = (z: Zod) =>
  z.object({
    critical: z.number(),
    high: z.number(),
    medium: z.number(),
    low: z.number(),
    info: z.number(),
  });

const countSchema = (z: Zod, what: string) =>
  z.number().optional().describe(`${what}; absent if none is known`);

/** Registers the action that sums up a service. */
export function registerGetServiceSummary({ registry, readAs }: ActionDeps) {
  registry.register({
    name: NAME,
    title: 'Get the state of a service',
    description: `Returns how a service is now and why: its state, key figures compared with the period before, healthy targets, ongoing failovers, open security findings, and what stands out.
Start here. For "why was it slow or failing", call explain-window.
Example: {"entityRef": "component:default/checkout", "environment": "production"}`,
    attributes: READ_ONLY,
    schema: {
      input: z =>
        z.object({ ...entityInput(z), ...rangeInput(z, 'one hour') }).strict(),
      output: z =>
        z.object({
          ...scopeOutput(z),
          status: statusSchema(z),
          figures: figuresSchema(z),
          instances: z
            .object({ total: z.number(), zones: z.number() })
            .optional()
            .describe(
              'Instances at the load balancer at the end of the range, and their zones',
            ),
          unhealthyTargets: countSchema(z, 'Unhealthy targets'),
          ongoingFailovers: countSchema(z, 'Ongoing failovers'),
          failedScalings: countSchema(z, 'Failed changes of capacity'),
          openFindings: severityCounts(z)
            .optional()
            .describe('Absent before the first complete scan'),
          insights: z
            .array(insightSchema(z))
            .describe('What stands out in the range, worst first'),
        }),
    },
    examples: [
      {
        title: 'How is checkout in production?',
        input: {
          entityRef: 'component:default/checkout',
          environment: 'production',
        },
      },
    ],
    action: async ({ input, credentials }) => {
      const read = readAs(NAME, { credentials });
      const entityRef = readEntityRef(input.entityRef);
      const range = fixRange(input);
      const overview = await read(
        'getOverview',
        { ...range, environment: input.environment },
        entityRef,
      );
      const { badges, hidden, insights, environment } = overview;
      const findings = hidden.includes('security')
        ? undefined
        : await read('getFindingSummary', range, entityRef);
      const notes = new Notes().hidden(hidden);
      return {
        output: {
          entityRef,
          environment,
          ...range,
          status: toStatus(overview.status),
          figures: toFigures(overview.figures),
          instances: overview.instances,
          unhealthyTargets: badges.unhealthyTargets,
          ongoingFailovers: badges.ongoingFailovers,
          failedScalings: badges.failedScalings,
          openFindings: findings?.open,
          insights: notes
            .first(insights, MAX_INSIGHTS, 'insights')
            .map(toInsight),
          notes: notes.list(),
        },
      };
    },
  });
}
