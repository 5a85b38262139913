import {
  wordJudgement,
  type Judgement,
  type SevereJudgement,
} from '@cloudtrace/plugin-cloudtrace-common';

/** A judgement as the API answers it, worded for callers that do not translate. */
export function toApiJudgement(judgement: SevereJudgement): Judgement {
  return { ...judgement, text: wordJudgement(judgement) };
}
