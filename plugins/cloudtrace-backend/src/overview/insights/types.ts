import type {
  CodedMessage,
  Insight,
  JudgementCode,
} from '@cloudtrace/plugin-cloudtrace-common';

/** An insight before it is put into words. */
export type FoundInsight = Omit<
  Insight,
  'text' | 'figures' | 'code' | 'values'
> & {
  code: JudgementCode;
  values: CodedMessage['values'];
  figures?: Insight['figures'];
};
