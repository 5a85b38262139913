/* eslint-disable @typescript-eslint/no-explicit-any -- objects whose schemas are checked elsewhere */
import type { Manifest } from './Manifest';

/** A container of a pod. */
export type Container = Record<string, any>;

/** The pods that a Deployment or a Job starts. */
export interface Pods {
  manifest: Manifest;
  labels: Record<string, string>;
  spec: Record<string, any>;
  /** Also those that only prepare. */
  containers: Container[];
}

/** Everything that starts pods. */
export function workloadsOf(manifests: readonly Manifest[]): Pods[] {
  return manifests
    .filter(({ kind }) => kind === 'Deployment' || kind === 'Job')
    .map(manifest => {
      const { metadata, spec } = manifest.spec.template;
      return {
        manifest,
        spec,
        labels: metadata.labels,
        containers: [...(spec.initContainers ?? []), ...spec.containers],
      };
    });
}

/** Whether a selector finds pods with these labels. The manifests use no expressions. */
export function selects(
  selector: { matchLabels?: Record<string, string> },
  labels: Record<string, string>,
): boolean {
  return Object.entries(selector.matchLabels ?? {}).every(
    ([name, value]) => labels[name] === value,
  );
}
