const names = [
  'InputError',
  'NotAllowedError',
  'NotFoundError',
  'ServiceUnavailableError',
];

/** Whether an error already says to the sender of an upload what to do; all others mean "send it again". */
export function isAnswer(error: unknown): boolean {
  const { name, statusCode } = error as Error & { statusCode?: number };
  return statusCode !== undefined || names.includes(name);
}
