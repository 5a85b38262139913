import type { DiagnosticsSource } from '@cloudtrace/plugin-cloudtrace-common';
import { outsideText, outsideTextSchema } from './outsideText';
import { Notes, notesOutput } from './Notes';
import { entityInput, readEntityRef } from './scope';
import { READ_ONLY, type Zod, type ActionDeps } from './types';

const NAME = 'get-diagnostics';
const MAX_SOURCES = 20;
const MAX_PROBLEMS = 10;
const MAX_RESOURCES = 10;

/** Registers the action that explains why data is missing. */
export function registerGetDiagnostics({ registry, readAs }: ActionDeps) {
  registry.register({
    name: NAME,
    title: 'Find out why data of a service is missing',
    description: `Returns the state of every data source of a service (requests, fleet, scans, events, archive): when it last delivered, its problems with a next step, the resources that were found, and the settings with which the service sends requests.
Example: {"entityRef": "component:default/checkout", "environment": "production"}`,
    attributes: READ_ONLY,
    schema: {
      input: z => z.object(entityInput(z)).strict(),
      output: z =>
        z.object({
          ...notesOutput(z),
          entityRef: z.string(),
          environment: z.string(),
          asOf: z.string(),
          sources: z.array(sourceSchema(z)),
          setup: z
            .object({
              otlpEndpoint: z
                .string()
                .describe('For `OTEL_EXPORTER_OTLP_ENDPOINT`'),
              serviceName: outsideTextSchema(z, 'OpenTelemetry `service.name`'),
            })
            .describe('Settings with which the service sends requests'),
        }),
    },
    examples: [
      {
        title: 'Why does checkout show no requests?',
        input: { entityRef: 'component:default/checkout' },
      },
    ],
    action: async ({ input, credentials }) => {
      const entityRef = readEntityRef(input.entityRef);
      const diagnostics = await readAs(NAME, { credentials })(
        'getDiagnostics',
        { environment: input.environment },
        entityRef,
      );
      const notes = new Notes();
      return {
        output: {
          entityRef,
          environment: diagnostics.environment,
          asOf: diagnostics.asOf,
          sources: notes
            .first(diagnostics.sources, MAX_SOURCES, 'sources')
            .map(source => toSource(source, notes)),
          setup: {
            otlpEndpoint: diagnostics.setup.otlpEndpoint,
            serviceName: outsideText(diagnostics.setup.serviceName),
          },
          notes: notes.list(),
        },
      };
    },
  });
}

function sourceSchema(z: Zod) {
  return z.object({
    id: z.string(),
    kind: z.string(),
    title: outsideTextSchema(z, 'Source'),
    status: z
      .enum(['ok', 'waiting', 'stale', 'problem', 'off'])
      .describe(
        'waiting: no data yet; stale: no data for longer than expected; off: not set up',
      ),
    message: outsideTextSchema(z, 'The state in words').optional(),
    lastSuccessAt: z.string().optional(),
    lastErrorAt: z.string().optional(),
    problems: z.array(
      z.object({
        code: z.string(),
        message: outsideTextSchema(z, 'The problem'),
        nextStep: outsideTextSchema(z, 'What to do about it').optional(),
        missingPermission: outsideTextSchema(
          z,
          'Permission that the cloud denied',
        ).optional(),
        at: z.string().optional(),
      }),
    ),
    resources: z.array(
      z.object({
        type: z.string(),
        name: outsideTextSchema(z, 'Resource'),
        foundBy: z.enum(['annotation', 'relation', 'tag']),
        lastSuccessAt: z.string().optional(),
      }),
    ),
  });
}

function toSource(source: DiagnosticsSource, notes: Notes) {
  return {
    id: source.id,
    kind: source.kind,
    title: outsideText(source.title),
    status: source.status,
    message: outsideText(source.message),
    lastSuccessAt: source.lastSuccessAt,
    lastErrorAt: source.lastErrorAt,
    problems: notes
      .first(source.problems, MAX_PROBLEMS, `problems of ${source.kind}`)
      .map(problem => ({
        code: problem.code,
        message: outsideText(problem.message),
        nextStep: outsideText(problem.nextStep),
        missingPermission: outsideText(problem.missingPermission),
        at: problem.at,
      })),
    resources: notes
      .first(source.resources, MAX_RESOURCES, `resources of ${source.kind}`)
      .map(({ type, name, foundBy, lastSuccessAt }) => ({
        type,
        name: outsideText(name),
        foundBy,
        lastSuccessAt,
      })),
  };
}
