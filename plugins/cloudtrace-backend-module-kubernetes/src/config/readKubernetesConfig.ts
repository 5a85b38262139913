import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  ANNOTATION_KUBERNETES_AUTH_PROVIDER,
  ANNOTATION_KUBERNETES_AWS_ASSUME_ROLE,
  ANNOTATION_KUBERNETES_AWS_EXTERNAL_ID,
} from '@backstage/plugin-kubernetes-common';
import type { ClusterDetails } from '@backstage/plugin-kubernetes-node';

/** What the `kubernetes` section configures for this module. */
export interface KubernetesConfig {
  clusters: ClusterDetails[];
  /** Types of `clusterLocatorMethods` that only the Kubernetes plugin reads. */
  unreadMethods: string[];
}

/** Metadata that the strategies of Backstage read, by its short key in the configuration. */
const AUTH_METADATA = {
  serviceAccountToken: 'serviceAccountToken',
  assumeRole: ANNOTATION_KUBERNETES_AWS_ASSUME_ROLE,
  externalId: ANNOTATION_KUBERNETES_AWS_EXTERNAL_ID,
} as const;

/**
 * Reads the clusters of the `kubernetes` section of Backstage's own Kubernetes
 * plugin; undefined if it is absent. Throws `InputError` naming a bad key.
 */
export function readKubernetesConfig(
  root: Config,
): KubernetesConfig | undefined {
  const methods = root.getOptionalConfigArray(
    'kubernetes.clusterLocatorMethods',
  );
  if (!methods) return undefined;
  const read = methods.map(method => ({
    type: method.getString('type'),
    method,
  }));
  const clusters = read
    .filter(({ type }) => type === 'config')
    .flatMap(({ method }) =>
      method.getConfigArray('clusters').map(readCluster),
    );
  const duplicate = clusters.find(
    ({ name }, i) => clusters.findIndex(other => other.name === name) !== i,
  );
  if (duplicate) {
    throw new InputError(
      `kubernetes.clusterLocatorMethods lists the cluster '${duplicate.name}' twice`,
    );
  }
  return {
    clusters,
    unreadMethods: read
      .map(({ type }) => type)
      .filter(type => type !== 'config'),
  };
}

function readCluster(config: Config): ClusterDetails {
  const name = config.getString('name');
  return {
    name,
    url: readUrl(config, name),
    title: config.getOptionalString('title'),
    skipTLSVerify: config.getOptionalBoolean('skipTLSVerify') ?? false,
    caData: config.getOptionalString('caData'),
    caFile: config.getOptionalString('caFile'),
    authMetadata: readAuthMetadata(config, name),
  };
}

function readUrl(config: Config, name: string): string {
  const url = config.getString('url');
  if (!/^https?:$/.test(protocolOf(url) ?? '')) {
    throw new InputError(
      `kubernetes.clusterLocatorMethods: url of the cluster '${name}' must be a URL with http or https, got '${url}'`,
    );
  }
  return url;
}

function protocolOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).protocol : undefined;
}

function readAuthMetadata(
  config: Config,
  name: string,
): Record<string, string> {
  const metadata = config.getOptional<Record<string, string>>('authMetadata');
  const provider =
    metadata?.[ANNOTATION_KUBERNETES_AUTH_PROVIDER] ??
    config.getOptionalString('authProvider');
  if (!provider) {
    throw new InputError(
      `kubernetes.clusterLocatorMethods: the cluster '${name}' has no authProvider`,
    );
  }
  const result: Record<string, string> = {
    [ANNOTATION_KUBERNETES_AUTH_PROVIDER]: provider,
  };
  for (const [key, target] of Object.entries(AUTH_METADATA)) {
    const value = config.getOptionalString(key);
    if (value) result[target] = value;
  }
  return { ...result, ...metadata };
}
