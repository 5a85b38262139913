import {
  wordTexts,
  type CodedMessage,
  type FleetProblem,
} from '@cloudtrace/plugin-cloudtrace-common';

/** The problem with another message; everything else stays. */
export function withMessage<
  TProblem extends Pick<FleetProblem, 'message' | 'coded'>,
>(problem: TProblem, message: CodedMessage): TProblem {
  const { coded, ...texts } = wordTexts({ message });
  return { ...problem, ...texts, coded: { ...problem.coded, ...coded } };
}
