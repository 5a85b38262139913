import i18next from 'i18next';
import { messages } from '../messages';
import { flattenMessages } from '../messages/flattenMessages';

const texts = i18next.createInstance({
  lng: 'en',
  interpolation: { escapeValue: false },
  initImmediate: false,
  resources: { en: { cloudtrace: flattenMessages(messages) } },
});
texts.init();

/** A translation API that knows the plugin's texts as they are. */
export const englishTexts = {
  getTranslation: () => ({
    ready: true,
    t: texts.getFixedT('en', 'cloudtrace'),
  }),
  translation$: () => ({ subscribe: () => ({ unsubscribe() {} }) }),
};
