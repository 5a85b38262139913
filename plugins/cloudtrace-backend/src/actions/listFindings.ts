import type { Finding } from '@cloudtrace/plugin-cloudtrace-common';
import { outsideText, outsideTextSchema } from './outsideText';
import { Notes, notesOutput } from './Notes';
import {
  cursorInput,
  DEFAULT_LIMIT,
  entityInput,
  limitInput,
  readEntityRef,
} from './scope';
import { READ_ONLY, type Zod, type ActionDeps } from './types';

const NAME = 'list-findings';
const MAX_IDS = 10;
const MAX_TOOLS = 20;

/** Registers the action that lists security findings. */
export function registerListFindings({ registry, readAs }: ActionDeps) {
  registry.register({
    name: NAME,
    title: 'List security findings of a service',
    description: `Lists the findings of all scanners of a service, deduplicated, most severe first. Without "states", it lists open ones.
Example: {"entityRef": "component:default/checkout", "severities": ["critical", "high"]}`,
    attributes: READ_ONLY,
    schema: {
      input: z =>
        z
          .object({
            entityRef: entityInput(z).entityRef,
            states: z
              .array(z.enum(['open', 'fixed', 'accepted', 'false-positive']))
              .max(4)
              .optional()
              .describe('By default `open`'),
            severities: z
              .array(z.enum(['critical', 'high', 'medium', 'low', 'info']))
              .max(5)
              .optional()
              .describe('By default all'),
            search: z
              .string()
              .min(1)
              .max(200)
              .optional()
              .describe('Text in title, rule, path, package, CVE or CWE'),
            ...limitInput(z),
            ...cursorInput(z),
          })
          .strict(),
      output: z =>
        z.object({
          ...notesOutput(z),
          entityRef: z.string(),
          total: z.number(),
          findings: z.array(findingSchema(z)),
          nextCursor: z.string().optional(),
          tools: z
            .array(outsideTextSchema(z, 'Scanner'))
            .describe('Scanners that reported findings; none if never scanned'),
        }),
    },
    examples: [
      {
        title: 'Critical and high findings of checkout',
        input: {
          entityRef: 'component:default/checkout',
          severities: ['critical', 'high'],
        },
      },
    ],
    action: async ({ input, credentials }) => {
      const read = readAs(NAME, { credentials });
      const entityRef = readEntityRef(input.entityRef);
      const page = await read(
        'listFindings',
        {
          state: input.states,
          severity: input.severities,
          search: input.search,
          sort: 'severity',
          order: 'desc',
          limit: input.limit ?? DEFAULT_LIMIT,
          cursor: input.cursor,
        },
        entityRef,
      );
      const notes = new Notes();
      if (page.nextCursor) {
        notes.add('There are more findings: pass `nextCursor` as `cursor`.');
      }
      if (page.tools.length === 0) {
        notes.add(
          'No scanner has reported a finding of this service. It may never have been scanned.',
        );
      }
      return {
        output: {
          entityRef,
          total: page.total,
          findings: page.items.map(toFinding),
          nextCursor: page.nextCursor,
          tools: notes
            .first(page.tools, MAX_TOOLS, 'scanners')
            .map(tool => outsideText(tool)),
          notes: notes.list(),
        },
      };
    },
  });
}

function findingSchema(z: Zod) {
  return z.object({
    findingId: z.string(),
    state: z.enum(['open', 'fixed', 'accepted', 'false-positive']),
    severity: z.enum(['critical', 'high', 'medium', 'low', 'info']),
    cvssScore: z.number().optional(),
    title: outsideTextSchema(z, 'Title'),
    ruleId: outsideTextSchema(z, 'Rule of the scanner'),
    tools: z.array(outsideTextSchema(z, 'Scanner')),
    cves: z.array(z.string()),
    cwes: z.array(z.string()),
    packageName: outsideTextSchema(z, 'Package').optional(),
    packageVersion: outsideTextSchema(z, 'Version').optional(),
    fixedVersion: outsideTextSchema(z, 'First fixed version').optional(),
    path: outsideTextSchema(z, 'File').optional(),
    startLine: z.number().optional(),
    firstSeenAt: z.string(),
    lastSeenAt: z.string(),
    fixedAt: z.string().optional(),
    isNew: z.boolean(),
    acceptedUntil: z.string().optional().describe('End of an accepted risk'),
  });
}

function toFinding(finding: Finding) {
  const { package: found, location, triage } = finding;
  return {
    findingId: finding.findingId,
    state: finding.state,
    severity: finding.severity,
    cvssScore: finding.cvssScore,
    title: outsideText(finding.title),
    ruleId: outsideText(finding.ruleId),
    tools: finding.tools.slice(0, MAX_IDS).map(tool => outsideText(tool)),
    // Scanners write these; only what has the form of an id is one.
    cves: finding.cves
      .filter(id => /^CVE-\d{4}-\d+$/.test(id))
      .slice(0, MAX_IDS),
    cwes: finding.cwes.filter(id => /^CWE-\d+$/.test(id)).slice(0, MAX_IDS),
    packageName: outsideText(found?.name),
    packageVersion: outsideText(found?.version),
    fixedVersion: outsideText(found?.fixedVersion),
    path: outsideText(location?.path),
    startLine: location?.startLine,
    firstSeenAt: finding.firstSeenAt,
    lastSeenAt: finding.lastSeenAt,
    fixedAt: finding.fixedAt,
    isNew: finding.isNew,
    acceptedUntil: triage?.expiresAt,
  };
}
