import {
  useTranslationRef,
  type TranslationFunction,
} from '@backstage/frontend-plugin-api';
import { cloudtraceTranslationRef } from '../translation';

/**
 * Gives the text of a message key.
 *
 * A named type on purpose: inferred, the compiler writes the whole conditional
 * type into every declaration that uses it and runs out of memory.
 */
export type Text = TranslationFunction<typeof cloudtraceTranslationRef.T>;

/** The plugin's texts in the viewer's language. */
export function useText(): Text {
  return useTranslationRef(cloudtraceTranslationRef).t;
}
