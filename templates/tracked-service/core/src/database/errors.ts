/** What the caller can do about a failed statement. */
export type ErrorClass =
  'serialization' | 'connection' | 'authentication' | 'permanent';

const serializationStates = new Set(['40001', '40P01']);
const authenticationStates = new Set(['28P01', '28000']);
const connectionStates = new Set([
  '57P01', // the server is shutting down
  '57P02', // the server crashed
  '57P03', // the server is starting
  '53300', // no connection slot is free
  '25006', // read-only: we are still connected to the instance that was primary before a failover
]);
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
// node-postgres reports these conditions as plain errors without a code.
const driverMessages = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'Query read timeout',
  'Client has encountered a connection error',
];

/** Classifies an error of `pg`, of the network or of PostgreSQL by what can be done about it. */
export function classifyError(error: unknown): ErrorClass {
  if (!(error instanceof Error)) return 'permanent';
  if (error instanceof CredentialsUnavailableError) return 'connection';
  const code = 'code' in error ? String(error.code) : '';
  if (serializationStates.has(code)) return 'serialization';
  if (authenticationStates.has(code)) return 'authentication';
  if (
    connectionStates.has(code) ||
    code.startsWith('08') ||
    networkCodes.has(code) ||
    driverMessages.some(message => error.message.includes(message)) ||
    (error instanceof AggregateError && error.errors.some(isConnectionError))
  ) {
    return 'connection';
  }
  return 'permanent';
}

function isConnectionError(error: unknown): boolean {
  return classifyError(error) === 'connection';
}

/** The store that provides database credentials did not respond; worth a retry. */
export class CredentialsUnavailableError extends Error {
  override readonly name = 'CredentialsUnavailableError';

  constructor(store: string, cause: unknown) {
    super(`${store} returned no database credentials`, { cause });
  }
}

/** The database was unreachable within the retry budget; the service responds with 503 and `Retry-After`. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError';

  constructor(cause: unknown) {
    super('The database cannot be reached at the moment', { cause });
  }
}
