import { InputError } from '@backstage/errors';

/**
 * Creates the error for a body that is not JSON, with the place of the fault as
 * far as the engine states it.
 *
 * @param cause - What `JSON.parse` threw. Its message may quote the body, which
 * may hold secrets, so none of its text is passed on.
 */
export function jsonError(cause: Error): InputError {
  return new InputError(
    `The body is not valid JSON: ${describeFault(cause.message)}`,
  );
}

function describeFault(message: string): string {
  if (/end of JSON input|^Unterminated/.test(message)) {
    return 'it ends too early';
  }
  const { position, line, column } =
    /at position (?<position>\d+)(?: \(line (?<line>\d+) column (?<column>\d+)\))?/.exec(
      message,
    )?.groups ?? {};
  if (line) return `the fault is in line ${line}, column ${column}`;
  if (position) return `the fault is at position ${position}`;
  const token = /^Unexpected token '?(\P{C})'?[, ]/u.exec(message)?.[1];
  return token ? `unexpected character '${token}'` : 'it cannot be parsed';
}
