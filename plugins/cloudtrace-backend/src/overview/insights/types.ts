import type {
  Insight,
  JudgementCode,
} from '@cloudtrace/plugin-cloudtrace-common';

/** An insight before it is worded. */
export type FoundInsight = Omit<Insight, 'text' | 'figures' | 'code'> & {
  code: JudgementCode;
  figures?: Insight['figures'];
};
