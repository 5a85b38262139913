/** Classes of SQLSTATE that say that a value cannot be stored, today or tomorrow. */
const permanentClasses = [
  '22', // data exception
  '23', // integrity constraint violation
  '54', // program limit exceeded
];

/** Errors of JavaScript itself: the same content leads to the same one again. */
const permanentNames = ['RangeError', 'SyntaxError', 'TypeError'];

interface DatabaseError extends Error {
  code?: string;
  severity?: string;
  table?: string;
  column?: string;
  constraint?: string;
}

/**
 * Why sending the same upload again cannot help; `undefined` if it can. Only
 * faults of the database and of load are worth another try: an upload that is
 * repeated for ever hides that it never arrives.
 */
export function describePermanentFault(error: unknown): string | undefined {
  const { name, code, severity, cause, ...fault } = error as DatabaseError;
  // The class is part of a PostgreSQL error only; Node.js has codes as words.
  if (severity && code && permanentClasses.includes(code.slice(0, 2))) {
    const place = [
      fault.table && fault.column && `${fault.table}.${fault.column}`,
      fault.constraint,
    ]
      .filter(Boolean)
      .join(', ');
    return `a value cannot be stored${
      place && ` (${place})`
    }: PostgreSQL ${code}`;
  }
  // With a cause it is that of a connection, such as "fetch failed".
  return permanentNames.includes(name) && cause === undefined
    ? `it leads to an error in CloudTrace (${name}); please report it`
    : undefined;
}
