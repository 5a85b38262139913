import { KUBERNETES_ANNOTATION } from '@backstage/plugin-kubernetes-common';

/** Label and annotation of Backstage's Kubernetes plugin that link a workload to an entity. */
export const KUBERNETES_ID = KUBERNETES_ANNOTATION;
/** Label that names exactly one entity: `<namespace>.<name>`. */
export const ENTITY_LABEL = 'cloudtrace.io/entity';
/** Label that names the environment. */
export const ENVIRONMENT_LABEL = 'cloudtrace.io/environment';
/** The label by which an EndpointSlice names its Service. */
export const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';
