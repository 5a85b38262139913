/** Dates in English use the British order, as the texts use British spelling. */
const DATE_LOCALES: Record<string, string> = { en: 'en-GB' };

let language = 'en';

/**
 * Sets the language of numbers and dates. An app has one language at a time,
 * and code outside of React formats values too, such as the ticks of a chart.
 * So the language is global instead of a parameter everywhere.
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
