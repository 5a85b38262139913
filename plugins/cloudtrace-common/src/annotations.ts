/**
 * Annotation keys that CloudTrace reads from catalog entities.
 *
 * @remarks The value applies to every environment. A key with the environment's
 * name as suffix, such as `cloudtrace.io/auto-scaling-group.staging`, applies
 * to that environment only and takes precedence over the plain key. See
 * {@link readAnnotation}.
 *
 * @public
 */
export const CLOUDTRACE_ANNOTATIONS = {
  /** OpenTelemetry `service.name`; defaults to the entity's name. */
  serviceName: 'cloudtrace.io/service-name',
  /** OpenTelemetry `service.namespace`; by default the service may be in any. */
  serviceNamespace: 'cloudtrace.io/service-namespace',
  /** Name of an EC2 Auto Scaling group, or of a local group. */
  autoScalingGroup: 'cloudtrace.io/auto-scaling-group',
  /** Name or ARN of a target group. */
  targetGroup: 'cloudtrace.io/target-group',
  /** Name or ARN of a load balancer. */
  loadBalancer: 'cloudtrace.io/load-balancer',
  /** Identifier of a database instance or cluster. */
  dbInstance: 'cloudtrace.io/db-instance',
  /** `cluster/service` name or ARN of an ECS service. */
  ecsService: 'cloudtrace.io/ecs-service',
  /** Comma-separated environments of the entity, in the order to show them. */
  environments: 'cloudtrace.io/environments',
  /** `false` disables owner notifications for the entity. */
  notifications: 'cloudtrace.io/notifications',
  /** UUID of the Bitbucket repository whose pipelines may upload for the entity. */
  bitbucketRepositoryUuid: 'cloudtrace.io/bitbucket-repository-uuid',
  /**
   * Number of the GitHub repository whose workflows may upload for the entity;
   * if present, its name alone is not enough.
   */
  githubRepositoryId: 'cloudtrace.io/github-repository-id',
} as const;

/** One of the keys of {@link CLOUDTRACE_ANNOTATIONS}. @public */
export type CloudtraceAnnotation =
  (typeof CLOUDTRACE_ANNOTATIONS)[keyof typeof CLOUDTRACE_ANNOTATIONS];

/** The environment of data and annotations that name none. @public */
export const DEFAULT_ENVIRONMENT = 'default';

/**
 * Reads an annotation for an environment: the key with the environment as
 * suffix if present, otherwise the plain key. Blank values count as absent.
 *
 * @public
 */
export function readAnnotation(
  annotations: Record<string, string> | undefined,
  key: CloudtraceAnnotation,
  environment: string,
): string | undefined {
  const specific = annotations?.[`${key}.${environment}`]?.trim();
  return specific || annotations?.[key]?.trim() || undefined;
}

/**
 * The environments that an entity's annotations name, in their order: the list
 * in `cloudtrace.io/environments` first, then suffixes of other keys.
 *
 * @public
 */
export function annotatedEnvironments(
  annotations: Record<string, string> | undefined,
): string[] {
  const listed = (annotations?.[CLOUDTRACE_ANNOTATIONS.environments] ?? '')
    .split(',')
    .map(name => name.trim());
  const keys = Object.values(CLOUDTRACE_ANNOTATIONS);
  const suffixes = Object.keys(annotations ?? {}).flatMap(name =>
    keys.flatMap(key =>
      name.startsWith(`${key}.`) ? [name.slice(key.length + 1)] : [],
    ),
  );
  return [...new Set([...listed, ...suffixes])].filter(isEnvironmentName);
}

/** Whether a text can be the name of an environment. @public */
export function isEnvironmentName(text: string): boolean {
  return /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/.test(text);
}
