import {
  wordJudgement,
  type Judgement,
  type SevereJudgement,
} from '@cloudtrace/plugin-cloudtrace-common';

/** Converts a judgement to its API form, with the sentence for callers that do not translate. */
export function toApiJudgement(judgement: SevereJudgement): Judgement {
  return { ...judgement, text: wordJudgement(judgement) };
}
