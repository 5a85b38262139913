const format = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** A moment of today, to the second. */
export function ClockTime({ atMs }: { atMs: number }) {
  const at = new Date(atMs);
  return <time dateTime={at.toISOString()}>{format.format(at)}</time>;
}
