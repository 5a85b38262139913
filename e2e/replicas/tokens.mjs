import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { call, entityPath, send } from '../../scripts/lib/portal.mjs';
import { postSpans, spansOf } from './LedgerSender.mjs';

const MIB = 1024 * 1024;
const CATALOG_MS = 120_000;
const newSpans = padding => spansOf([randomBytes(16).toString('hex')], padding);

/** Creates a token as guest; `revoke` revokes it. */
export async function createToken(url, entityRef, kind, environment) {
  const { backstageIdentity } = await call(`${url}/api/auth/guest/refresh`);
  const tokens = `${url}/api/cloudtrace/v1/entities/${entityPath(
    entityRef,
  )}/tokens`;
  const headers = {
    authorization: `Bearer ${backstageIdentity.token}`,
    'content-type': 'application/json',
  };
  const create = () =>
    send(tokens, {
      method: 'POST',
      headers,
      body: JSON.stringify({
        kind,
        name: 'trial',
        environment,
        expiresInDays: 1,
      }),
    });
  // The catalog reads its entities a little after the start.
  const deadline = Date.now() + CATALOG_MS;
  let response = await create();
  while (response.status === 404 && Date.now() < deadline) {
    await sleep(1_000);
    response = await create();
  }
  if (!response.body?.secret) throw new Error(response.text);
  const { token, secret } = response.body;
  return {
    secret,
    revoke: () =>
      call(`${tokens}/${token.tokenId}`, { method: 'DELETE', headers }),
  };
}

/** Revokes a token that every replica has just used; resolves to the time until all reject it. */
export async function measureRevocation(trial) {
  const { secret, revoke } = await createToken(
    trial.url,
    'component:default/quota',
    'requests',
    'trial',
  );
  const statusOf = async replica =>
    (await postSpans(replica.url, secret, newSpans())).status;
  for (const replica of trial.replicas) {
    const status = await statusOf(replica);
    if (status !== 200) throw new Error(`${replica.name} returned ${status}`);
  }
  await revoke();
  const revokedAtMs = performance.now();
  await Promise.all(
    trial.replicas.map(async replica => {
      while ((await statusOf(replica)) !== 401) await sleep(250);
    }),
  );
  return Math.round(performance.now() - revokedAtMs);
}

/**
 * Sends through the balancer until no replica accepts more in this day.
 *
 * @returns the accepted MiB, and how many replicas reject the next body
 */
export async function useUpQuota(trial, limitMib) {
  const { secret } = await createToken(
    trial.url,
    'component:default/quota',
    'requests',
    'trial',
  );
  const padding = 'x'.repeat(2 * MIB);
  let acceptedMib = 0;
  let rejected = 0;
  while (rejected < 2 * trial.replicas.length && acceptedMib < 3 * limitMib) {
    const { status } = await postSpans(trial.url, secret, newSpans(padding));
    if (status === 200) {
      acceptedMib += 2;
      rejected = 0;
    } else if (status === 429) {
      rejected++;
    } else {
      throw new Error(`A body of the quota trial got ${status}`);
    }
    await sleep(500);
  }
  const statuses = await Promise.all(
    trial.replicas.map(replica =>
      postSpans(replica.url, secret, newSpans(padding)),
    ),
  );
  return {
    acceptedMib,
    rejecting: statuses.filter(({ status }) => status === 429).length,
  };
}
