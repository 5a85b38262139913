import { isError } from '@backstage/errors';

/** Codes of Node.js and undici for a server that is currently unreachable. */
const networkCodes = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_SOCKET',
]);

/**
 * SQLSTATE of PostgreSQL: connection (08), rolled back (40), no resources (53),
 * stopped or cancelled (57), system (58), read-only during a failover (25006),
 * and a lock that is not available (55P03).
 */
const sqlStates = /^(08...|40...|53...|57...|58...|25006|55P03)$/;

/** Messages of `pg`, Knex and our own connections without a code; Knex prepends the statement. */
const messages =
  /(?:^| - )(Connection (terminated|ended)( unexpectedly| due to connection timeout)?|Client has encountered a connection error and is not queryable|Client was closed and is not queryable|Unable to acquire a connection|No database connection within \d+ ms|The database did not respond in time|Query read timeout|timeout exceeded when trying to connect)$/;

interface AnyError extends Error {
  code?: unknown;
  statusCode?: unknown;
  errors?: unknown;
}

/**
 * Whether an error comes from a database or a service that is temporarily
 * unavailable, so that a retry may succeed.
 *
 * @remarks All other errors are the caller's fault or ours; a retry does not
 * help.
 */
export function isTemporary(error: unknown, depth = 0): boolean {
  // Checked by its shape: an error may come from another realm, such as a
  // worker.
  if (!isError(error) || depth > 8) return false;
  const { code, name, message, cause, statusCode, errors } = error as AnyError;
  if (name === 'KnexTimeoutError') return true;
  // Another Backstage plugin, such as the catalog, that returned a 5xx.
  if (name === 'ResponseError') return Number(statusCode) >= 500;
  if (
    typeof code === 'string' &&
    (networkCodes.has(code) || sqlStates.test(code))
  ) {
    return true;
  }
  return (
    messages.test(message) ||
    isTemporary(cause, depth + 1) ||
    (Array.isArray(errors) && errors.some(one => isTemporary(one, depth + 1)))
  );
}
