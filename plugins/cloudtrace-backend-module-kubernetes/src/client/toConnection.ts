import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { SERVICEACCOUNT_CA_PATH } from '@backstage/plugin-kubernetes-common';
import type {
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import { invalidAuthority } from './ClusterCallError';

/** How requests reach a cluster. */
export interface Connection {
  agent: HttpAgent | HttpsAgent;
  headers: Record<string, string>;
}

/** Opens connections to a cluster with a credential. */
export async function toConnection(
  cluster: ClusterDetails,
  credential: KubernetesCredential,
): Promise<Connection> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (credential.type === 'bearer token') {
    headers.authorization = `Bearer ${credential.token.trim()}`;
  }
  if (cluster.url.startsWith('http:')) {
    return { agent: new HttpAgent(), headers };
  }
  const agent = new HttpsAgent({
    ca: await readAuthority(cluster),
    rejectUnauthorized: !cluster.skipTLSVerify,
    ...(credential.type === 'x509 client certificate' && {
      cert: credential.cert,
      key: credential.key,
    }),
  });
  return { agent, headers };
}

/** The certificate authority; undefined for those that Node.js knows. */
async function readAuthority({
  caData,
  caFile,
}: ClusterDetails): Promise<Buffer | undefined> {
  if (!caData && !caFile) {
    // What a cluster mounts into the portal's own pod.
    return readFile(SERVICEACCOUNT_CA_PATH).catch(() => undefined);
  }
  try {
    const pem = caData
      ? Buffer.from(caData, 'base64')
      : await readFile(caFile!);
    // Connections ignore what is no certificate, and then trust nothing.
    void new X509Certificate(pem);
    return pem;
  } catch (cause) {
    throw invalidAuthority(cause);
  }
}
