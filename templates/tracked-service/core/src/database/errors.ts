/**
 * What the caller can do about a failed statement. All but `permanent` are temporary: the same work can succeed later.
 *
 * - `serialization`: repeat the transaction
 * - `connection`: the connection is unusable; repeat on another one
 * - `authentication`: repeat with fresh credentials
 * - `busy`: the database works, but not on this now; repeating it right away would only add to its load
 * - `permanent`: the statement or its values are wrong
 */
export type ErrorClass =
  'serialization' | 'connection' | 'authentication' | 'busy' | 'permanent';

const serializationStates = new Set(['40001', '40P01']);
const authenticationStates = new Set(['28P01', '28000']);
const connectionStates = new Set([
  '53300', // no connection slot is free
  '25P03', // idle in a transaction for too long: the server has ended the session
  '25P04', // the transaction took too long: the server has ended the session
  '25006', // read-only: we are still connected to the instance that was primary before a failover
]);
/** Classes of SQLSTATEs that begin so; the first match counts. */
const connectionClasses = [
  '08', // connection exceptions
  '57P', // the server is starting, shutting down or has crashed, or has ended the session
];
const busyClasses = [
  '53', // insufficient resources: disk, memory
  '55P03', // a lock was not free in time
  '57', // canceled, such as by the statement timeout
  '58', // the operating system failed, such as a disk
];
const contentClasses = [
  '22', // invalid values
  '23', // broken constraints
  '54', // too large or too complex
];
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
    startsWithAny(code, connectionClasses) ||
    networkCodes.has(code) ||
    driverMessages.some(message => error.message.includes(message)) ||
    (error instanceof AggregateError && error.errors.some(isConnectionError))
  ) {
    return 'connection';
  }
  return startsWithAny(code, busyClasses) ? 'busy' : 'permanent';
}

const startsWithAny = (code: string, beginnings: readonly string[]) =>
  beginnings.some(beginning => code.startsWith(beginning));

/**
 * Whether the content of the work is at fault: values that PostgreSQL refuses, or any error that is not its own. Anything
 * else, such as a table or a permission that is missing, fails all work alike.
 */
export function isFaultOfContent(error: unknown): boolean {
  if (error instanceof DatabaseUnavailableError) return false;
  if (classifyError(error) !== 'permanent') return false;
  const code = sqlState(error);
  return !code || startsWithAny(code, contentClasses);
}

function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  // The codes of Node.js begin with E, as no SQLSTATE does.
  return typeof code === 'string' && /^[0-9FHPX][0-9A-Z]{4}$/.test(code)
    ? code
    : undefined;
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

/** The database could not do the work for now; the service responds with 503 and `Retry-After`. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError';

  constructor(cause: unknown) {
    super(describeUnavailability(classifyError(cause)), { cause });
  }
}

function describeUnavailability(kind: ErrorClass): string {
  return kind === 'busy' || kind === 'serialization'
    ? 'The database cannot do this at the moment; send the request again'
    : 'The database cannot be reached at the moment';
}
