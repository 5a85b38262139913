/** Dates follow the British order in English, as the rest of the texts does. */
const DATE_LOCALES: Record<string, string> = { en: 'en-GB' };

let language = 'en';

/**
 * Sets the language of numbers and dates. An app has one language at a time,
 * and formatting is called from places that are not React, such as the ticks
 * of a chart: so it is kept here rather than handed through all of them.
 */
export function setLanguage(next: string): void {
  language = next;
}

/** The locale of numbers. */
export function numberLocale(): string {
  return language;
}

/** The locale of dates. */
export function dateLocale(): string {
  return DATE_LOCALES[language] ?? language;
}
