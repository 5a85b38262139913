import {
  appLanguageApiRef,
  useApiHolder,
  useTranslationRef,
  type TranslationFunction,
} from '@backstage/frontend-plugin-api';
import { setLanguage } from '../lib/language';
import { cloudtraceTranslationRef } from '../translation';

/**
 * Gives the text of a message key.
 *
 * A named type on purpose: inferred, the compiler writes the whole conditional
 * type into every declaration that uses it and runs out of memory.
 */
export type Text = TranslationFunction<typeof cloudtraceTranslationRef.T>;

/**
 * The plugin's texts in the viewer's language. Numbers and dates follow it: all
 * that shows them also shows text, so this runs before they are formatted.
 */
export function useText(): Text {
  const languages = useApiHolder().get(appLanguageApiRef);
  setLanguage(languages?.getLanguage().language ?? 'en');
  return useTranslationRef(cloudtraceTranslationRef).t;
}
