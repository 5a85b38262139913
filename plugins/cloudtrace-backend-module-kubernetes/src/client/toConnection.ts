import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type {
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import { readAuthorities } from './readAuthorities';

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
    ca: await readAuthorities(cluster),
    rejectUnauthorized: !cluster.skipTLSVerify,
    ...(credential.type === 'x509 client certificate' && {
      cert: credential.cert,
      key: credential.key,
    }),
  });
  return { agent, headers };
}
