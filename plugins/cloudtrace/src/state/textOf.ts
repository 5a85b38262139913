import {
  translationApiRef,
  type ApiHolder,
} from '@backstage/frontend-plugin-api';
import { messages } from '../messages';
import { flattenMessages } from '../messages/flattenMessages';
import { cloudtraceTranslationRef } from '../translation';
import type { Text } from './useText';

const english: Record<string, string> = flattenMessages(messages);

/** English, until a translation is loaded. */
const inEnglish = ((key: string, values: Record<string, unknown> = {}) =>
  english[key].replace(/\{\{(\w+)\}\}/g, (_, name) =>
    String(values[name] ?? ''),
  )) as unknown as Text;

/** The plugin's texts outside of React, such as in validators. */
export function textOf(apis: ApiHolder): Text {
  const snapshot = apis
    .get(translationApiRef)
    ?.getTranslation(cloudtraceTranslationRef);
  return snapshot?.ready ? (snapshot.t as Text) : inEnglish;
}
