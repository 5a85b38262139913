import {
  appLanguageApiRef,
  useApiHolder,
  useTranslationRef,
  type TranslationFunction,
} from '@backstage/frontend-plugin-api';
import { setLanguage } from '../lib/language';
import { cloudtraceTranslationRef } from '../translation';

/**
 * Returns the text of a message key.
 *
 * A named type on purpose: if it were inferred, the compiler would write the
 * whole conditional type into every declaration that uses it and run out of
 * memory.
 */
export type Text = TranslationFunction<typeof cloudtraceTranslationRef.T>;

/**
 * The plugin's texts in the viewer's language. Numbers and dates follow that
 * language: everything that shows them also shows text, so this runs before
 * they are formatted.
 */
export function useText(): Text {
  const languages = useApiHolder().get(appLanguageApiRef);
  setLanguage(languages?.getLanguage().language ?? 'en');
  return useTranslationRef(cloudtraceTranslationRef).t;
}
