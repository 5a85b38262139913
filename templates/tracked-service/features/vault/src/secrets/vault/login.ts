import { readFile } from 'node:fs/promises';
import { Sha256 } from '@aws-crypto/sha256-js';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { SignatureV4 } from '@smithy/signature-v4';
import type { VaultClient } from './VaultClient.js';

const kubernetesTokenFile =
  '/var/run/secrets/kubernetes.io/serviceaccount/token';
const callerIdentity = 'Action=GetCallerIdentity&Version=2011-06-15';

/** How the service authenticates to Vault. */
export type VaultLogin = (vault: VaultClient) => Promise<string>;

/** For development, and for a Vault Agent that provides tokens. */
export function tokenLogin(token: string): VaultLogin {
  return async () => token;
}

/** With the service account of the pod. */
export function kubernetesLogin(role: string): VaultLogin {
  return async vault => {
    const jwt = await readFile(kubernetesTokenFile, 'utf8');
    return vault.login('kubernetes', { role, jwt });
  };
}

/**
 * With the IAM role of the instance or task: Vault itself sends the `GetCallerIdentity` call signed here to AWS, and so
 * learns the role without ever receiving a key.
 */
export function awsLogin(role: string, region: string): VaultLogin {
  const signer = new SignatureV4({
    service: 'sts',
    region,
    credentials: defaultProvider(),
    sha256: Sha256,
  });
  const host = `sts.${region}.amazonaws.com`;
  return async vault => {
    const signed = await signer.sign({
      method: 'POST',
      protocol: 'https:',
      hostname: host,
      path: '/',
      query: {},
      headers: {
        host,
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        'content-length': String(callerIdentity.length),
      },
      body: callerIdentity,
    });
    return vault.login('aws', {
      role,
      iam_http_request_method: 'POST',
      iam_request_url: base64(`https://${host}/`),
      iam_request_body: base64(callerIdentity),
      iam_request_headers: base64(JSON.stringify(signed.headers)),
    });
  };
}

function base64(value: string): string {
  return Buffer.from(value).toString('base64');
}
