import type {
  CodedMessage,
  JudgementCode,
} from '@cloudtrace/plugin-cloudtrace-common';

/** A list of messages as one message; undefined if it is empty. */
export function listCodes(
  codes: readonly JudgementCode[],
): CodedMessage | undefined {
  return codes.reduceRight<CodedMessage | undefined>((rest, code) => {
    const first: CodedMessage = { code, values: {} };
    return rest ? { code: 'listed', values: { first, rest } } : first;
  }, undefined);
}
