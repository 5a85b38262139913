import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import {
  ANNOTATION_KUBERNETES_AUTH_PROVIDER,
  SERVICEACCOUNT_CA_PATH,
} from '@backstage/plugin-kubernetes-common';
import type { ClusterDetails } from '@backstage/plugin-kubernetes-node';
import { invalidAuthority } from './ClusterCallError';

/**
 * The certificate authorities that may sign the certificate of a cluster;
 * undefined for those that Node.js knows.
 *
 * `caFile` or `caData` replaces the public ones, as in Backstage's Kubernetes
 * plugin (0.21.15, KubernetesConnection.fetchArgs), `@kubernetes/client-node`
 * and kubectl: whoever names the authority of a cluster trusts no other with its
 * token. If both are set, the file counts, as there (bufferFromFileOrString).
 *
 * In a pod, Backstage's plugin reads a cluster of `serviceAccount` without a
 * token as its own one: it ignores the configured URL, `caFile` and `caData`,
 * and trusts the mounted authority only (fetchArgsInCluster). Here the URL comes
 * from the configuration and may be a public one, so that without `caFile` and
 * `caData` the mounted authority is added to the public ones. Other ways to
 * authenticate lead to other clusters and do not use it.
 *
 * @param mounted - path of the authority of the portal's own cluster
 */
export async function readAuthorities(
  { caData, caFile, authMetadata }: ClusterDetails,
  mounted: string = SERVICEACCOUNT_CA_PATH,
): Promise<string[] | undefined> {
  if (caData || caFile) return [await readConfigured(caData, caFile)];
  const provider = authMetadata[ANNOTATION_KUBERNETES_AUTH_PROVIDER];
  if (provider !== 'serviceAccount') return undefined;
  const own = await readFile(mounted, 'utf8').catch(() => undefined);
  return own ? [...(await readPublic()), own] : undefined;
}

async function readConfigured(
  caData: string | undefined,
  caFile: string | undefined,
): Promise<string> {
  try {
    const pem = caFile
      ? await readFile(caFile, 'utf8')
      : Buffer.from(caData!, 'base64').toString('utf8');
    return toAuthority(pem);
  } catch (cause) {
    throw invalidAuthority(cause);
  }
}

/**
 * The text of a PEM file if it contains a certificate: connections ignore what
 * is none, and then trust nothing.
 *
 * @throws if it contains none
 */
export function toAuthority(pem: string): string {
  void new X509Certificate(pem);
  return pem;
}

/** Node.js adds those of NODE_EXTRA_CA_CERTS only if nothing else is named. */
async function readPublic(): Promise<string[]> {
  const path = process.env.NODE_EXTRA_CA_CERTS;
  const extra = path
    ? await readFile(path, 'utf8').catch(() => undefined)
    : undefined;
  return [...rootCertificates, ...(extra ? [extra] : [])];
}
