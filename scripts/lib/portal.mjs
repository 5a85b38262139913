import { UserError } from '../dev/UserError.mjs';

/** Sends a request to a running local portal; resolves with status and body, also for errors. */
export async function send(url, options = {}) {
  let response;
  try {
    response = await fetch(url, {
      ...options,
      signal: AbortSignal.timeout(120_000),
    });
  } catch (error) {
    throw new UserError(
      `${url} cannot be reached (${
        error.cause?.code ?? error.message
      }). Start the portal with "npm run dev", or name another one with --backend-url.`,
    );
  }
  const text = await response.text();
  let body;
  try {
    body = text ? JSON.parse(text) : undefined;
  } catch {
    // Not a Backstage response; returned unparsed.
  }
  return { status: response.status, body, text };
}

/** Like {@link send}, but throws unless the response is successful. */
export async function call(url, options = {}) {
  const { status, body, text } = await send(url, options);
  if (status < 200 || status > 299) {
    const reason = body?.error?.message ?? text.slice(0, 300);
    throw new UserError(`${url} returned ${status}: ${reason}`);
  }
  return body;
}

/** Path of an entity in the API, from a reference such as `component:default/orders`. */
export function entityPath(ref) {
  const match = /^([^:/]+):([^:/]+)\/([^:/]+)$/.exec(ref);
  if (!match) {
    throw new UserError(
      `--entity must be an entity reference such as component:default/orders, but is '${ref}'.`,
    );
  }
  return match.slice(1).map(encodeURIComponent).join('/');
}

/**
 * Signs in as a guest, creates an ingest token for an entity, and revokes it
 * when the work is done.
 *
 * @returns What the work returns
 */
export async function withToken({ backendUrl, entityRef, kind, name }, work) {
  const backend = backendUrl.replace(/\/+$/, '');
  const api = `${backend}/api/cloudtrace`;
  const entity = `${api}/v1/entities/${entityPath(entityRef)}`;
  const { backstageIdentity } = await call(`${backend}/api/auth/guest/refresh`);
  const headers = {
    authorization: `Bearer ${backstageIdentity.token}`,
    'content-type': 'application/json',
  };
  const environment = (await call(`${entity}/environments`, { headers }))
    .default;
  const { token, secret } = await call(`${entity}/tokens`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ kind, name, environment, expiresInDays: 1 }),
  });
  console.log(
    `Created the ${kind} token ${token.tokenId} for ${entityRef}; it will be revoked at the end.`,
  );
  try {
    return await work({ api, entity, headers, secret, environment });
  } finally {
    await call(`${entity}/tokens/${token.tokenId}`, {
      method: 'DELETE',
      headers,
    });
    console.log(`Revoked the token ${token.tokenId}.`);
  }
}
