import type { Entity } from '@backstage/catalog-model';
import { mockServices } from '@backstage/backend-test-utils';
import { ANNOTATION_KUBERNETES_AUTH_PROVIDER } from '@backstage/plugin-kubernetes-common';
import type {
  ClusterDetails,
  KubernetesClustersSupplier,
} from '@backstage/plugin-kubernetes-node';
import type { FleetScopeWithEntity } from '@cloudtrace/plugin-cloudtrace-node';
import { CredentialSource } from '../client/CredentialSource';
import { ClusterSet } from '../clusters/ClusterSet';
import { describeWorkload } from '../describe/describeWorkload';
import { KubernetesFleetProvider } from '../KubernetesFleetProvider';
import type { DescribeWorkload, WorkloadObjects } from '../objects/types';

/** A cluster of the configuration. */
export function clusterAt(url: string, name = 'production'): ClusterDetails {
  return {
    name,
    url,
    authMetadata: {
      [ANNOTATION_KUBERNETES_AUTH_PROVIDER]: 'serviceAccount',
      serviceAccountToken: 't',
    },
  };
}

/** A provider that records which objects it describes. */
export function createTestProvider(
  clusters: ClusterDetails[] | KubernetesClustersSupplier['getClusters'],
) {
  const described: WorkloadObjects[] = [];
  const describe: DescribeWorkload = (objects, context) => {
    described.push(objects);
    return describeWorkload(objects, context);
  };
  const set = new ClusterSet({
    supplier: {
      getClusters:
        typeof clusters === 'function' ? clusters : async () => clusters,
    },
    auth: mockServices.auth(),
    credentials: new CredentialSource(new Map()),
    logger: mockServices.logger.mock(),
    timings: { retryMs: 5, maxRetryMs: 20 },
    usageTimings: { intervalMs: 20, minPauseMs: 20 },
  });
  const provider = new KubernetesFleetProvider({
    clusters: set,
    describe,
    logger: mockServices.logger.mock(),
  });
  return { provider, clusters: set, described };
}

/** A component with annotations of the Kubernetes plugin. */
export function component(
  name: string,
  annotations: Record<string, string> = {
    'backstage.io/kubernetes-id': name,
  },
  owner = `team-${name}`,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
    spec: { owner },
  };
}

/** An environment of a component. */
export function scopeOf(
  entity: Entity,
  environment = 'default',
): FleetScopeWithEntity {
  return {
    entity,
    entityRef: `component:default/${entity.metadata.name}`,
    environment,
    relatedResources: [],
  };
}
