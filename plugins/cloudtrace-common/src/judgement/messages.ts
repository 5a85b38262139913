import { diagnosticsMessages } from './diagnosticsMessages';
import { failoverMessages } from './failoverMessages';
import { noticeMessages } from './noticeMessages';
import { scalingMessages } from './scalingMessages';
import { serviceMessages } from './serviceMessages';
import { targetMessages } from './targetMessages';
import { timelineMessages } from './timelineMessages';

/**
 * All that the backend says, by code. Names in double braces are the values of
 * a {@link CodedMessage}; `_one` and `_other` are chosen by `count`. The
 * frontend translates these texts, notifications and the API word them in
 * English.
 *
 * @public
 */
export const judgementMessages = {
  ...serviceMessages,
  ...targetMessages,
  ...scalingMessages,
  ...failoverMessages,
  ...timelineMessages,
  ...diagnosticsMessages,
  ...noticeMessages,
} as const;

/** Code of a {@link CodedMessage}, without the suffix of its number. @public */
export type JudgementCode = keyof typeof judgementMessages extends infer TKey
  ? TKey extends `${infer TBase}_one` | `${infer TBase}_other`
    ? TBase
    : TKey
  : never;
