import { judgementMessages, type JudgementCode } from './messages';

/** A value of a {@link CodedMessage}: a part of a sentence may be a message itself. @public */
export type MessageValue = string | number | CodedMessage;

/**
 * A statement of the backend, as a code with its values. A value's name
 * contains its unit: `…Rate` and `…Share` are fractions, `…Ms` milliseconds.
 *
 * @public
 */
export interface CodedMessage {
  code: JudgementCode;
  values: Record<string, MessageValue>;
}

/** A text: a code with values that the frontend words, or the words of a tool or provider. @public */
export type Wording = string | CodedMessage;

type Locale = string;

/** With exactly the given number of digits. */
function decimal(value: number, digits: number, locale: Locale): string {
  return value.toLocaleString(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
  });
}

function percent(fraction: number, locale: Locale): string {
  const value = fraction * 100;
  const digits = value >= 10 || value === 0 ? 0 : 1;
  return `${decimal(value, digits, locale)} %`;
}

function latency(ms: number, locale: Locale): string {
  return ms >= 1000
    ? `${decimal(ms / 1000, 1, locale)} s`
    : `${Math.round(ms)} ms`;
}

function duration(ms: number, locale: Locale): string {
  if (ms < 60_000) return `${Math.round(ms / 1000)} s`;
  return ms < 3_600_000
    ? `${Math.round(ms / 60_000)} min`
    : `${decimal(ms / 3_600_000, 1, locale)} h`;
}

function number(value: number, locale: Locale): string {
  if (Number.isInteger(value)) return String(value);
  return decimal(value, value >= 10 ? 0 : 1, locale);
}

function wordValue(
  name: string,
  value: string | number,
  locale: Locale,
): string {
  if (typeof value === 'string') return value;
  if (/(rate|share|change)$/i.test(name)) return percent(value, locale);
  if (name === 'durationMs') return duration(value, locale);
  return name.endsWith('Ms') ? latency(value, locale) : number(value, locale);
}

/**
 * The values of a message in readable form, nested messages by `word`; `count`
 * stays a number, because it selects the plural.
 *
 * @public
 */
export function wordValues(
  values: CodedMessage['values'],
  language: { locale: string; word: (message: CodedMessage) => string } = {
    locale: 'en',
    word: wordJudgement,
  },
): Record<string, string | number> {
  const { locale, word } = language;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value === 'object') return [name, word(value)];
      return [name, name === 'count' ? value : wordValue(name, value, locale)];
    }),
  );
}

function templateOf({ code, values }: CodedMessage): string | undefined {
  const messages: Record<string, string> = judgementMessages;
  const plural = `${code}_${values.count === 1 ? 'one' : 'other'}`;
  return [plural, code]
    .filter(key => Object.hasOwn(messages, key))
    .map(key => messages[key])[0];
}

/**
 * Whether this version has texts for a message and all messages in it. What
 * another version stored may have codes without one.
 *
 * @public
 */
export function isKnownMessage(message: CodedMessage): boolean {
  return (
    templateOf(message) !== undefined &&
    Object.values(message.values).every(
      value => typeof value !== 'object' || isKnownMessage(value),
    )
  );
}

/**
 * A message as an English sentence, without the full stop; the code itself if
 * this version has no text for it.
 *
 * @public
 */
export function wordJudgement(message: CodedMessage): string {
  const { code, values } = message;
  const template = templateOf(message) ?? code;
  const words = wordValues(values);
  return template.replace(/\{\{(\w+)\}\}/g, (_, name) =>
    String(words[name] ?? ''),
  );
}

/** A text in English; the words of others stay as they are. @public */
export function wordText(text: Wording): string {
  return typeof text === 'string' ? text : wordJudgement(text);
}
