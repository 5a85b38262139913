import { outsideText, outsideTextSchema } from './outsideText';
import { Notes, notesOutput } from './Notes';
import { cursorInput, DEFAULT_LIMIT, limitInput } from './scope';
import { READ_ONLY, type ActionDeps } from './types';

const NAME = 'who-has-cve';

/** Registers the action that finds the services with a vulnerability. */
export function registerWhoHasCve({ registry, readAs }: ActionDeps) {
  registry.register({
    name: NAME,
    title: 'Find the services that have a CVE',
    description: `Lists the services with open findings of a vulnerability, worst first; with groupBy, their owners or systems instead. Only services whose findings the caller may read.
Example: {"cve": "CVE-2021-44228"}`,
    attributes: READ_ONLY,
    schema: {
      input: z =>
        z
          .object({
            cve: z.string().describe('Such as `CVE-2021-44228`'),
            groupBy: z
              .enum(['entity', 'owner', 'system'])
              .optional()
              .describe('What to list. By default services (`entity`).'),
            ...limitInput(z),
            ...cursorInput(z),
          })
          .strict(),
      output: z =>
        z.object({
          ...notesOutput(z),
          cve: z.string(),
          groups: z.array(
            z.object({
              key: z
                .string()
                .describe('Entity ref of the service, owner or system'),
              title: outsideTextSchema(z, 'Title in the catalog'),
              services: z.number(),
              openFindings: z
                .object({
                  critical: z.number(),
                  high: z.number(),
                  medium: z.number(),
                  low: z.number(),
                  info: z.number(),
                })
                .describe('Open findings with this CVE, by severity'),
              lastScanAt: z.string().optional(),
            }),
          ),
          nextCursor: z.string().optional(),
          unknownServices: z
            .number()
            .optional()
            .describe('Services of which nothing is known at the moment'),
        }),
    },
    examples: [
      { title: 'Who has Log4Shell?', input: { cve: 'CVE-2021-44228' } },
    ],
    action: async ({ input, credentials }) => {
      const cve = input.cve.trim().toUpperCase();
      const page = await readAs(NAME, { credentials })('getFindingRollup', {
        cve,
        groupBy: input.groupBy ?? 'entity',
        limit: input.limit ?? DEFAULT_LIMIT,
        cursor: input.cursor,
      });
      const notes = new Notes().add(
        'A service that is not listed has no open finding of this CVE, was never scanned, or its findings are hidden from the caller.',
      );
      if (page.nextCursor) {
        notes.add('There are more groups: pass `nextCursor` as `cursor`.');
      }
      if (page.unknownEntities) {
        notes.add(
          `${page.unknownEntities} further services could not be searched, because their database server does not respond.`,
        );
      }
      return {
        output: {
          cve,
          groups: page.items.map(group => ({
            key: group.key,
            title: outsideText(group.title),
            services: group.entities,
            openFindings: group.open,
            lastScanAt: group.lastScanAt,
          })),
          nextCursor: page.nextCursor,
          unknownServices: page.unknownEntities,
          notes: notes.list(),
        },
      };
    },
  });
}
