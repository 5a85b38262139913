import type { Entity } from '@backstage/catalog-model';
import {
  CLOUDTRACE_ANNOTATIONS,
  readAnnotation,
  type CloudtraceAnnotation,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { AwsKind, AwsReference } from '../region/types';
import { parseReferences } from './parseReference';

const OWN_ANNOTATIONS: Array<[AwsKind, CloudtraceAnnotation]> = [
  ['auto-scaling-group', CLOUDTRACE_ANNOTATIONS.autoScalingGroup],
  ['target-group', CLOUDTRACE_ANNOTATIONS.targetGroup],
  ['load-balancer', CLOUDTRACE_ANNOTATIONS.loadBalancer],
  ['database', CLOUDTRACE_ANNOTATIONS.dbInstance],
  ['ecs-service', CLOUDTRACE_ANNOTATIONS.ecsService],
];

/** Annotation of the AWS plugins for Backstage, used if CloudTrace's own is absent. */
const PEER_ECS_ANNOTATION = 'aws.amazon.com/amazon-ecs-service-arn';

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
