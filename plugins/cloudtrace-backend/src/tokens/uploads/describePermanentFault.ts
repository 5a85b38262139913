/** Classes of SQLSTATE for values that can never be stored. */
const permanentClasses = [
  '22', // data exception
  '23', // integrity constraint violation
  '54', // program limit exceeded
];

/** JavaScript errors: the same content causes the same error again. */
const permanentNames = ['RangeError', 'SyntaxError', 'TypeError'];

interface DatabaseError extends Error {
  code?: string;
  severity?: string;
  table?: string;
  column?: string;
  constraint?: string;
}

/**
 * Why a retry of the same upload cannot help; `undefined` if it can. Only
 * errors of the database and of overload are worth a retry: an upload that is
 * retried forever hides that it never arrives.
 */
export function describePermanentFault(error: unknown): string | undefined {
  const { name, code, severity, cause, message, ...fault } =
    error as DatabaseError;
  // Only PostgreSQL errors have a class; Node.js uses words as codes.
  if (severity && code && permanentClasses.includes(code.slice(0, 2))) {
    const place = [
      fault.table && fault.column && `${fault.table}.${fault.column}`,
      fault.constraint ?? constraintIn(message),
    ]
      .filter(Boolean)
      .join(', ');
    return `a value cannot be stored${
      place && ` (${place})`
    }: PostgreSQL ${code}`;
  }
  // With a cause it is a connection error, such as "fetch failed".
  return permanentNames.includes(name) && cause === undefined
    ? `it causes an error in CloudTrace (${name}); please report it`
    : undefined;
}

/**
 * A coordinator of a distributed database passes on the message of a worker
 * without its fields; there, the number of the shard follows the name.
 */
function constraintIn(message: string): string | undefined {
  return /^.*constraint "(.+?)(?:_\d+)?"/s.exec(message)?.[1];
}
