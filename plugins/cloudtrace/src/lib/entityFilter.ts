import type { Entity } from '@backstage/catalog-model';
import { CLOUDTRACE_ANNOTATIONS } from '@cloudtrace/plugin-cloudtrace-common';

const KEYS = [
  ...Object.values(CLOUDTRACE_ANNOTATIONS),
  // Those of Backstage's Kubernetes plugin, which name workloads.
  'backstage.io/kubernetes-id',
  'backstage.io/kubernetes-label-selector',
];

/**
 * Entities that have the tab: services, and other components that request it
 * with an annotation. Operators can set another filter in `app.extensions`.
 */
export function isCloudtraceEntity(entity: Entity): boolean {
  if (entity.kind.toLocaleLowerCase('en') !== 'component') {
    return false;
  }
  const annotations = Object.keys(entity.metadata.annotations ?? {});
  return (
    entity.spec?.type === 'service' ||
    // `cloudtrace.io/target-group.staging` also counts.
    annotations.some(name =>
      KEYS.some(key => name === key || name.startsWith(`${key}.`)),
    )
  );
}

/** Entities that services belong to. */
export function hasServices(entity: Entity): boolean {
  const kind = entity.kind.toLocaleLowerCase('en');
  return kind === 'system' || kind === 'group' || kind === 'user';
}
