import type { Entity } from '@backstage/catalog-model';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  annotatedEnvironments,
  CLOUDTRACE_ANNOTATIONS,
  DEFAULT_ENVIRONMENT,
  messageOf,
  readAnnotation,
  wordTexts,
  type CloudtraceAnnotation,
  type CodedMessage,
  type FleetLocation,
  type FleetLocator,
  type FleetProblem,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { FleetScopeWithEntity } from '@cloudtrace/plugin-cloudtrace-node';
import { withMessage } from '../client/withMessage';
import { parseArn, parseReferences } from './parseReference';
import type { ResourceDirectory } from './ResourceDirectory';
import type { AwsKind, AwsReference, KnownResource } from '../region/types';

const OWN_ANNOTATIONS: Array<[AwsKind, CloudtraceAnnotation]> = [
  ['auto-scaling-group', CLOUDTRACE_ANNOTATIONS.autoScalingGroup],
  ['target-group', CLOUDTRACE_ANNOTATIONS.targetGroup],
  ['load-balancer', CLOUDTRACE_ANNOTATIONS.loadBalancer],
  ['database', CLOUDTRACE_ANNOTATIONS.dbInstance],
  ['ecs-service', CLOUDTRACE_ANNOTATIONS.ecsService],
];

/** Annotation of the AWS plugins for Backstage, used if CloudTrace's own is absent. */
const PEER_ECS_ANNOTATION = 'aws.amazon.com/amazon-ecs-service-arn';

/** Annotations with which catalog providers mark Resource entities. */
const RELATION_ANNOTATIONS = [
  'aws.amazon.com/arn',
  'amazonaws.com/load-balancer-arn',
];

/** References in an entity's annotations, each with its key. */
export function readAnnotations(
  entity: Entity,
  environment: string,
  partition: string,
) {
  const { annotations } = entity.metadata;
  const references: Array<{ key: string; reference: AwsReference }> = [];
  const invalid: Array<{ key: string; kind: AwsKind }> = [];
  const read = (kind: AwsKind, key: string, value: string) => {
    const result = parseReferences(kind, value, partition);
    if (result.invalid) invalid.push({ key, kind });
    result.references.forEach(reference => references.push({ key, reference }));
  };
  for (const [kind, key] of OWN_ANNOTATIONS) {
    const value = readAnnotation(annotations, key, environment);
    if (value) {
      read(kind, key, value);
    } else if (kind === 'ecs-service' && annotations?.[PEER_ECS_ANNOTATION]) {
      read(kind, PEER_ECS_ANNOTATION, annotations[PEER_ECS_ANNOTATION].trim());
    }
  }
  return { references, invalid };
}

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
  const found = new Map<string, FleetLocation>();
  const problems: FleetProblem[] = [];
  const kinds = new Set<AwsKind>();
  const forScope = { scope: { entityRef, environment } };
  const add = (
    known: KnownResource,
    locator: FleetLocator,
    detail: string,
    added: Set<AwsKind>,
    through = '',
  ) => {
    if (found.has(known.resource.id)) return;
    const { resource } = known;
    found.set(resource.id, {
      ...forScope,
      resource,
      locator,
      detail: detail + through,
    });
    added.add(known.kind);
    for (const neighbour of directory.neighbours(known)) {
      if (
        !kinds.has(neighbour.kind) &&
        directory.isLinked(neighbour, entityRef)
      ) {
        const via = `, through ${resource.type} ${resource.name}`;
        add(neighbour, locator, detail, added, via);
      }
    }
  };
  const step = (run: (added: Set<AwsKind>) => void) => {
    const added = new Set<AwsKind>();
    run(added);
    added.forEach(kind => kinds.add(kind));
  };

  step(added => {
    const { references, invalid } = readAnnotations(
      scope.entity,
      environment,
      directory.partition,
    );
    for (const { key, kind } of invalid) {
      problems.push({
        ...forScope,
        code: 'invalid-annotation',
        ...explainInvalid(key, kind),
      });
    }
    for (const { key, reference } of references) {
      const { matches, problem } = directory.resolve(reference, entityRef);
      matches.forEach(match =>
        add(match, 'annotation', `${key}: ${reference.name}`, added),
      );
      if (problem) {
        problems.push({ ...forScope, ...placeProblem(problem, key) });
      }
    }
  });

  const ofEnvironment = (known: KnownResource) =>
    known.environment === undefined
      ? isPrimary
      : known.environment === environment;

  step(added => {
    for (const related of scope.relatedResources) {
      for (const key of RELATION_ANNOTATIONS) {
        const value = related.metadata.annotations?.[key]?.trim();
        const reference = value && parseArn(value, directory.partition);
        if (!reference || kinds.has(reference.kind)) continue;
        const { matches, problem } = directory.resolve(reference, entityRef);
        const detail = `${key} of ${stringifyEntityRef(related)}`;
        matches
          .filter(ofEnvironment)
          .forEach(match => add(match, 'relation', detail, added));
        if (problem && isPrimary) {
          const place: CodedMessage = {
            code: 'annotation-of-entity',
            values: { annotation: key, entity: stringifyEntityRef(related) },
          };
          problems.push({ ...forScope, ...placeProblem(problem, place) });
        }
      }
    }
  });

  step(added => {
    for (const known of directory.taggedWith(entityRef)) {
      if (!kinds.has(known.kind) && ofEnvironment(known)) {
        add(known, 'tag', `cloudtrace:entity-ref=${entityRef}`, added);
      }
    }
  });

  return { locations: [...found.values()], problems };
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
