const DIGITS = /^\d+$/;

/**
 * Compares two resource versions; undefined if they cannot be compared.
 *
 * @remarks Kubernetes guarantees that the versions of one kind are integers
 * that grow. They can exceed what a number holds exactly.
 */
export function compareVersions(
  a: string | undefined,
  b: string | undefined,
): number | undefined {
  if (!a || !b || !DIGITS.test(a) || !DIGITS.test(b)) return undefined;
  const difference = BigInt(a) - BigInt(b);
  if (difference === 0n) return 0;
  return difference > 0n ? 1 : -1;
}
