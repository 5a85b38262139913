import {
  messageOf,
  wordValues,
  type CodedMessage,
  type MessageValue,
} from '@cloudtrace/plugin-cloudtrace-common';
import { numberLocale } from '../lib/language';
import { useText } from './useText';

/** A message of the API; a newer backend may bring codes that are not known here. */
interface ApiMessage {
  code: string;
  values: object;
}

/** A code that this frontend has no text for. */
class UnknownCodeError extends Error {}

function useMessageText(): (message: MessageValue, text: string) => string {
  const t = useText() as unknown as (
    key: string,
    values: Record<string, unknown>,
  ) => string;
  const word = ({ code, values }: CodedMessage): string => {
    const key = `judgements.${code}`;
    const words = t(key, wordValues(values, { locale: numberLocale(), word }));
    if (words === key) throw new UnknownCodeError(code);
    return words;
  };
  return (message, text) => {
    if (typeof message !== 'object') return text;
    try {
      return word(message);
    } catch (error) {
      if (error instanceof UnknownCodeError) return text;
      throw error;
    }
  };
}

/** Words what the backend judged, in the viewer's language; a code that a newer backend brought stands in its own words. */
export function useJudgementText(): (
  judgement: ApiMessage & { text: string },
) => string {
  const word = useMessageText();
  return ({ text, ...message }) => word(message as CodedMessage, text);
}

/**
 * Words a text of an object that the backend sent, in the viewer's language:
 * `said(problem, 'message')`; empty where there is none. What a provider said,
 * what an earlier version stored and what only a newer backend knows stands as
 * it was sent.
 */
export function useSaid(): <TObject extends object>(
  object: TObject,
  name: keyof TObject & string,
) => string {
  const word = useMessageText();
  return (object, name) => {
    const texts = object as unknown as { coded?: object } & Record<
      string,
      string
    >;
    const message = messageOf(texts, name);
    return message === undefined ? '' : word(message, texts[name]);
  };
}
