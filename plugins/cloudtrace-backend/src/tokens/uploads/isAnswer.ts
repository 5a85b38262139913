const names = [
  'InputError',
  'NotAllowedError',
  'NotFoundError',
  'ServiceUnavailableError',
];

/** Whether an error already tells the sender of an upload what to do; all others mean "retry". */
export function isAnswer(error: unknown): boolean {
  const { name, statusCode } = error as Error & { statusCode?: number };
  return statusCode !== undefined || names.includes(name);
}
