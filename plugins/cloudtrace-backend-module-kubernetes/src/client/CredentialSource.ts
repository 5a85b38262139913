import { ANNOTATION_KUBERNETES_AUTH_PROVIDER } from '@backstage/plugin-kubernetes-common';
import type {
  AuthenticationStrategy,
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import { ClusterCallError } from './ClusterCallError';
import { getServiceAccountCredential } from './serviceAccountStrategy';

/** Gets credentials of clusters through the strategy that each cluster names. */
export class CredentialSource {
  readonly #strategies: ReadonlyMap<string, AuthenticationStrategy>;

  constructor(strategies: ReadonlyMap<string, AuthenticationStrategy>) {
    this.#strategies = strategies;
  }

  async get(cluster: ClusterDetails): Promise<KubernetesCredential> {
    const name =
      cluster.authMetadata[ANNOTATION_KUBERNETES_AUTH_PROVIDER] ?? '';
    const strategy = this.#strategies.get(name);
    if (strategy) return getFrom(strategy, cluster);
    if (name === 'serviceAccount') return getServiceAccountCredential(cluster);
    if (name === 'localKubectlProxy') return { type: 'anonymous' };
    throw new ClusterCallError(
      { code: 'kubernetes-no-strategy', values: { provider: name } },
      { code: 'account-not-configured' },
    );
  }
}

async function getFrom(
  strategy: AuthenticationStrategy,
  cluster: ClusterDetails,
): Promise<KubernetesCredential> {
  try {
    // No user is signed in: CloudTrace reads for all of them.
    return await strategy.getCredential(cluster, {});
  } catch (cause) {
    throw new ClusterCallError('kubernetes-no-credentials', {
      code: 'expired-credentials',
      nextStep: 'kubernetes-no-credentials-next',
      cause,
    });
  }
}
