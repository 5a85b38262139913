/** Label and annotation of Backstage's Kubernetes plugin that link a workload to an entity. */
export const KUBERNETES_ID = 'backstage.io/kubernetes-id';
/** Label that names exactly one entity: `<namespace>.<name>`. */
export const ENTITY_LABEL = 'cloudtrace.io/entity';
/** Label that names the environment. */
export const ENVIRONMENT_LABEL = 'cloudtrace.io/environment';
