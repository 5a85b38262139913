/** Connection failures (08), and a server that stops, starts or cancels (57). */
const OUTAGE_CLASSES = ['08', '57'];
const TOO_MANY_CONNECTIONS = '53300';
const SQLSTATE = /^[0-9A-Z]{5}$/;

/**
 * Whether an error means that the server cannot be used right now, so that the
 * next transaction would most likely fail as well. Errors without an SQLSTATE
 * come from the connection.
 */
export function isOutage(error: Error): boolean {
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string' || !SQLSTATE.test(code)) return true;
  return (
    code === TOO_MANY_CONNECTIONS ||
    OUTAGE_CLASSES.some(prefix => code.startsWith(prefix))
  );
}
