import {
  messageOf,
  wordValues,
  type CodedMessage,
  type MessageValue,
} from '@cloudtrace/plugin-cloudtrace-common';
import { numberLocale } from '../lib/language';
import { useText } from './useText';

/** A message of the API; a newer backend may send unknown codes. */
interface ApiMessage {
  code: string;
  values: object;
}

/** A code without a text in this frontend. */
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

/**
 * Returns a verdict of the backend in the viewer's language. For an unknown
 * code of a newer backend, it returns the text that the backend sent.
 */
export function useJudgementText(): (
  judgement: ApiMessage & { text: string },
) => string {
  const word = useMessageText();
  return ({ text, ...message }) => word(message as CodedMessage, text);
}

/**
 * Returns a text of an object from the backend in the viewer's language:
 * `said(problem, 'message')`; empty if there is none. Texts of providers, of
 * earlier versions and with unknown codes stay as they were sent.
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
