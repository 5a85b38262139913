import { readFile } from 'node:fs/promises';
import type {
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import { ClusterCallError } from './ClusterCallError';

/** Where a cluster mounts the token of a pod's service account. */
const MOUNTED_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** Reads the token of the configuration, or the one mounted into the portal's pod. */
export async function getServiceAccountCredential(
  cluster: ClusterDetails,
): Promise<KubernetesCredential> {
  const configured = cluster.authMetadata.serviceAccountToken;
  if (configured) return { type: 'bearer token', token: configured };
  try {
    const token = await readFile(MOUNTED_TOKEN, 'utf8');
    return { type: 'bearer token', token };
  } catch (cause) {
    throw new ClusterCallError('kubernetes-no-token', {
      code: 'expired-credentials',
      cause,
    });
  }
}
