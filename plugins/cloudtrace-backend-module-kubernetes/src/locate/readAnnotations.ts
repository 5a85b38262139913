import type { Entity } from '@backstage/catalog-model';
import { KUBERNETES_LABEL_SELECTOR_QUERY_ANNOTATION } from '@backstage/plugin-kubernetes-common';
import type { JudgementCode } from '@cloudtrace/plugin-cloudtrace-common';
import { ENTITY_LABEL, KUBERNETES_ID } from '../objects/labels';
import { entityLabelOf } from './consents';
import { isLabelValue, parseSelector, type LabelTest } from './parseSelector';

/** The annotations of Backstage's Kubernetes plugin, and the label that consents. */
export const KUBERNETES_ANNOTATIONS = {
  id: KUBERNETES_ID,
  selector: KUBERNETES_LABEL_SELECTOR_QUERY_ANNOTATION,
  namespace: 'backstage.io/kubernetes-namespace',
  cluster: 'backstage.io/kubernetes-cluster',
} as const;

/** Which workloads an entity asks for. */
export interface WorkloadQuery {
  /** Annotation that selects, and its value. */
  key: string;
  value: string;
  /** The value of `backstage.io/kubernetes-id`, or the entity's name. */
  kubernetesId: string;
  matches: LabelTest;
  namespace?: string;
  cluster?: string;
  /** Whether one of the annotations is meant for this environment only. */
  isSpecific: boolean;
}

/** An annotation that cannot be used. */
export interface InvalidAnnotation {
  key: string;
  /** Code of what it should contain. */
  expected: JudgementCode;
}

const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads which workloads an entity asks for in an environment. Like in
 * Backstage's Kubernetes plugin, the label selector takes precedence.
 */
export function readAnnotations(
  entity: Entity,
  environment: string,
): WorkloadQuery | InvalidAnnotation | undefined {
  const read = (key: string) => readValue(entity, key, environment);
  const id = read(KUBERNETES_ANNOTATIONS.id);
  const selector = read(KUBERNETES_ANNOTATIONS.selector);
  if (!id && !selector) return undefined;
  const kubernetesId = id?.value ?? entity.metadata.name;
  const namespace = read(KUBERNETES_ANNOTATIONS.namespace);
  const cluster = read(KUBERNETES_ANNOTATIONS.cluster);
  const matches = selector
    ? parseSelector(selector.value)
    : namesEntity(entity, kubernetesId);
  if (id && !isLabelValue(id.value)) {
    return { key: id.key, expected: 'kubernetes-expected-id' };
  }
  if (!matches) {
    return { key: selector!.key, expected: 'kubernetes-expected-selector' };
  }
  if (namespace && !NAMESPACE.test(namespace.value)) {
    return { key: namespace.key, expected: 'kubernetes-expected-namespace' };
  }
  const { key, value } = selector ?? id!;
  return {
    key,
    value,
    kubernetesId,
    matches,
    namespace: namespace?.value,
    cluster: cluster?.value,
    isSpecific: [id, selector, namespace, cluster].some(
      found => found?.isSpecific,
    ),
  };
}

/** Without a selector, the labels that name the entity also select. */
function namesEntity(entity: Entity, kubernetesId: string): LabelTest {
  const entityLabel = entityLabelOf(entity);
  return labels =>
    labels[KUBERNETES_ID] === kubernetesId ||
    labels[ENTITY_LABEL]?.toLowerCase() === entityLabel;
}

/** The key with the environment as suffix takes precedence over the plain key. */
function readValue(entity: Entity, key: string, environment: string) {
  const { annotations = {} } = entity.metadata;
  for (const name of [`${key}.${environment}`, key]) {
    const value = annotations[name]?.trim();
    if (value) return { key: name, value, isSpecific: name !== key };
  }
  return undefined;
}
