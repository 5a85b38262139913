import type { Wording } from '@cloudtrace/plugin-cloudtrace-common';

/** One text of several reasons; `undefined` if there is none. */
export function joinReasons(
  reasons: ReadonlyArray<Wording | undefined>,
): Wording | undefined {
  return reasons.reduceRight(
    (rest, first) =>
      first && rest
        ? { code: 'reasons', values: { first, rest } }
        : first ?? rest,
    undefined,
  );
}
