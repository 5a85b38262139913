import type { Entity } from '@backstage/catalog-model';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  annotatedEnvironments,
  DEFAULT_ENVIRONMENT,
  messageOf,
  wordTexts,
  type CodedMessage,
  type FleetLocation,
  type FleetLocator,
  type FleetProblem,
  type Wording,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { FleetScopeWithEntity } from '@cloudtrace/plugin-cloudtrace-node';
import { withMessage } from '../client/withMessage';
import { parseArn } from './parseReference';
import { readAnnotations } from './readAnnotations';
import type { ResourceDirectory } from './ResourceDirectory';
import type { AwsKind, KnownResource } from '../region/types';

/** Annotations with which catalog providers mark Resource entities. */
const RELATION_ANNOTATIONS = [
  'aws.amazon.com/arn',
  'amazonaws.com/load-balancer-arn',
];

function explainInvalid(annotation: string, kind: AwsKind) {
  const expected: CodedMessage = { code: `aws-expected-${kind}`, values: {} };
  return wordTexts({
    message: {
      code: 'aws-annotation-invalid',
      values: { annotation, expected },
    },
    nextStep: { code: 'aws-annotation-invalid-next', values: { expected } },
  });
}

/** Says which annotation has the problem. */
function placeProblem(
  problem: Omit<FleetProblem, 'scope'>,
  place: string | CodedMessage,
): Omit<FleetProblem, 'scope'> {
  return withMessage(problem, {
    code: 'problem-at',
    values: { place, problem: messageOf(problem, 'message')! },
  });
}

type Problem = Omit<FleetProblem, 'scope'>;

/** A resource, and how it was found. */
interface Located {
  known: KnownResource;
  locator: FleetLocator;
  detail: Wording;
  /** The resource that led to it. */
  through?: KnownResource;
}

interface SourceResult {
  located: Located[];
  problems: Problem[];
}

interface LocateContext {
  scope: FleetScopeWithEntity;
  directory: ResourceDirectory;
  /** Whether resources that name no environment belong to the scope. */
  isPrimary: boolean;
}

/** Kinds of resources that an earlier source found. */
type Kinds = ReadonlySet<AwsKind>;

/** In order of precedence. */
const SOURCES = [fromAnnotations, fromRelations, fromTags];

/**
 * Finds the resources of one scope. For each kind, the first source with a
 * result wins: annotations, related entities, tags.
 */
export function locateScope(
  scope: FleetScopeWithEntity,
  directory: ResourceDirectory,
  isPrimary: boolean,
): { locations: FleetLocation[]; problems: FleetProblem[] } {
  const { entityRef, environment } = scope;
  const context = { scope, directory, isPrimary };
  let all: Located[] = [];
  let problems: Problem[] = [];
  for (const source of SOURCES) {
    const kinds = new Set(all.map(({ known }) => known.kind));
    const result = source(context, kinds);
    all = [...all, ...withNeighbours(context, result.located, all, kinds)];
    problems = [...problems, ...result.problems];
  }
  const forScope = { scope: { entityRef, environment } };
  return {
    locations: all.map(({ known, locator, detail, through }) => ({
      ...forScope,
      resource: known.resource,
      locator,
      ...wordTexts({ detail: explainThrough(detail, through) }),
    })),
    problems: problems.map(problem => ({ ...forScope, ...problem })),
  };
}

function fromAnnotations({ scope, directory }: LocateContext): SourceResult {
  const { references, invalid } = readAnnotations(
    scope.entity,
    scope.environment,
    directory.partition,
  );
  const resolved = references.map(({ key, reference }) => {
    const result = directory.resolve(reference, scope.entityRef);
    return { key, reference, ...result };
  });
  return {
    located: resolved.flatMap(({ key, reference, matches }) =>
      matches.map(known => ({
        known,
        locator: 'annotation' as const,
        detail: `${key}: ${reference.name}`,
      })),
    ),
    problems: [
      ...invalid.map(({ key, kind }) => ({
        code: 'invalid-annotation' as const,
        ...explainInvalid(key, kind),
      })),
      ...resolved.flatMap(({ key, problem }) =>
        problem ? [placeProblem(problem, key)] : [],
      ),
    ],
  };
}

function fromRelations(context: LocateContext, kinds: Kinds): SourceResult {
  const { scope, directory, isPrimary } = context;
  const resolved = scope.relatedResources.flatMap(related =>
    RELATION_ANNOTATIONS.flatMap(annotation => {
      const value = related.metadata.annotations?.[annotation]?.trim();
      const reference = value && parseArn(value, directory.partition);
      if (!reference || kinds.has(reference.kind)) return [];
      const result = directory.resolve(reference, scope.entityRef);
      return [{ annotation, entity: stringifyEntityRef(related), ...result }];
    }),
  );
  return {
    located: resolved.flatMap(({ annotation, entity, matches }) =>
      matches
        .filter(known => isOfEnvironment(context, known))
        .map(known => ({
          known,
          locator: 'relation' as const,
          detail: {
            code: 'annotation-of-entity' as const,
            values: { annotation, entity },
          },
        })),
    ),
    problems: resolved.flatMap(({ annotation, entity, problem }) =>
      problem && isPrimary
        ? [
            placeProblem(problem, {
              code: 'annotation-of-entity',
              values: { annotation, entity },
            }),
          ]
        : [],
    ),
  };
}

function fromTags(context: LocateContext, kinds: Kinds): SourceResult {
  const { entityRef } = context.scope;
  return {
    located: context.directory
      .taggedWith(entityRef)
      .filter(
        known => !kinds.has(known.kind) && isOfEnvironment(context, known),
      )
      .map(known => ({
        known,
        locator: 'tag',
        detail: `cloudtrace:entity-ref=${entityRef}`,
      })),
    problems: [],
  };
}

function isOfEnvironment(
  { scope, isPrimary }: LocateContext,
  known: KnownResource,
): boolean {
  return known.environment === undefined
    ? isPrimary
    : known.environment === scope.environment;
}

/** Adds the resources behind them; returns each resource once, and only new ones. */
function withNeighbours(
  { scope, directory }: LocateContext,
  located: readonly Located[],
  earlier: readonly Located[],
  kinds: Kinds,
): Located[] {
  const seen = new Set(earlier.map(({ known }) => known.resource.id));
  const visit = (found: Located): Located[] => {
    const { known, locator, detail } = found;
    if (seen.has(known.resource.id)) return [];
    seen.add(known.resource.id);
    const neighbours = directory
      .neighbours(known)
      .filter(({ kind }) => !kinds.has(kind))
      .filter(neighbour => directory.isLinked(neighbour, scope.entityRef));
    return [
      found,
      ...neighbours.flatMap(neighbour =>
        visit({ known: neighbour, locator, detail, through: known }),
      ),
    ];
  };
  return located.flatMap(visit);
}

function explainThrough(
  detail: Wording,
  through: KnownResource | undefined,
): Wording {
  if (!through) return detail;
  const { type, name } = through.resource;
  return { code: 'located-through', values: { detail, type, name } };
}

/**
 * The environment of resources that do not name one. The entity's own list
 * takes precedence: a refresh may concern only some environments.
 */
export function primaryEnvironment(
  entity: Entity,
  asked: readonly string[],
): string {
  const environments = [
    ...annotatedEnvironments(entity.metadata.annotations),
    ...asked,
  ];
  return environments.includes(DEFAULT_ENVIRONMENT)
    ? DEFAULT_ENVIRONMENT
    : environments[0];
}
