import {
  wordValues,
  type CodedMessage,
} from '@cloudtrace/plugin-cloudtrace-common';
import { useText } from './useText';

/** Words what the backend judged, in the viewer's language; a code that a newer backend brought stands in its own words. */
export function useJudgementText(): (judgement: {
  code: string;
  values: CodedMessage['values'];
  text: string;
}) => string {
  const t = useText() as unknown as (
    key: string,
    values: Record<string, unknown>,
  ) => string;
  return ({ code, values, text }) => {
    const key = `judgements.${code}`;
    const words = t(key, wordValues(values));
    return words === key ? text : words;
  };
}
