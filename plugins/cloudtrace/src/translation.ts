import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { messages } from './messages';

/**
 * All texts of the plugin, for translation and rewording. German is included,
 * and is loaded if the app offers the language `de`.
 *
 * @public
 */
export const cloudtraceTranslationRef = createTranslationRef({
  id: 'plugin.cloudtrace',
  messages,
  translations: { de: () => import('./messages/de') },
});
