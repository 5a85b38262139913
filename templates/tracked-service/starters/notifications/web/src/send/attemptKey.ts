export interface Attempt {
  readonly key: string;
  readonly content: string;
}

/**
 * The idempotency key of an attempt: the same content that may have arrived keeps its key, so that it is never delivered
 * twice; another content is another notification.
 */
export function attemptFor(
  content: unknown,
  unfinished: Attempt | undefined,
): Attempt {
  const text = JSON.stringify(content);
  if (unfinished?.content === text) return unfinished;
  return { key: crypto.randomUUID(), content: text };
}
