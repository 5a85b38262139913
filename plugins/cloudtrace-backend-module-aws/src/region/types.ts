import type { FleetResource } from '@cloudtrace/plugin-cloudtrace-common';

/** Kinds of resources that the module finds. A database is an instance or a cluster. */
export type AwsKind =
  | 'auto-scaling-group'
  | 'target-group'
  | 'load-balancer'
  | 'database'
  | 'ecs-service';

/** What an annotation or a related entity refers to. */
export interface AwsReference {
  kind: AwsKind;
  /** Name; for ECS `cluster/service`. */
  name: string;
  /** Present if the reference is an ARN. */
  arn?: string;
  accountId?: string;
  region?: string;
}

/** An existing resource, with the owners that its tags name. */
export interface KnownResource {
  kind: AwsKind;
  resource: FleetResource;
  /** The entities that the resource's tag names, in lower case. */
  entityRefs: ReadonlySet<string>;
  /** Value of the tag `cloudtrace:environment`. */
  environment?: string;
  /** Target groups that the resource forwards to or registers with. */
  targetGroupArns: string[];
}
