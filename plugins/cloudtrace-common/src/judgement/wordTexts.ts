import {
  wordJudgement,
  type CodedMessage,
  type MessageValue,
} from './wordJudgement';

/** Texts of an object in English, with the messages behind them. @public */
export type WordedTexts<TMessages> = {
  [TName in keyof TMessages]: undefined extends TMessages[TName]
    ? string | undefined
    : string;
} & { coded?: Record<string, CodedMessage> };

/**
 * Words the texts of an object in English and keeps the messages behind them in
 * `coded`, by the same names. A provider's or tool's own words are strings and
 * stay unchanged.
 *
 * @public
 */
export function wordTexts<
  TMessages extends Record<string, MessageValue | undefined>,
>(messages: TMessages): WordedTexts<TMessages> {
  const texts: Record<string, string | undefined> = {};
  const coded: Record<string, CodedMessage> = {};
  for (const [name, message] of Object.entries(messages)) {
    if (typeof message === 'object') {
      texts[name] = wordJudgement(message);
      coded[name] = message;
    } else {
      texts[name] = message?.toString();
    }
  }
  return {
    ...texts,
    ...(Object.keys(coded).length > 0 && { coded }),
  } as WordedTexts<TMessages>;
}
