import { judgementMessages, type JudgementCode } from './messages';

/**
 * Something that is said of a service, as a code with the values behind it.
 * The name of a value says its unit: `…Rate` and `…Share` are fractions,
 * `…Ms` milliseconds.
 *
 * @public
 */
export interface CodedMessage {
  code: JudgementCode;
  values: Record<string, string | number>;
}

function percent(fraction: number): string {
  const value = fraction * 100;
  return `${
    value >= 10 || value === 0 ? value.toFixed(0) : value.toFixed(1)
  } %`;
}

function latency(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms)} ms`;
}

function duration(ms: number): string {
  if (ms < 60_000) return `${Math.round(ms / 1000)} s`;
  return ms < 3_600_000
    ? `${Math.round(ms / 60_000)} min`
    : `${(ms / 3_600_000).toFixed(1)} h`;
}

function number(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(value >= 10 ? 0 : 1);
}

function wordValue(name: string, value: string | number): string {
  if (typeof value === 'string') return value;
  if (/(rate|share|change)$/i.test(name)) return percent(value);
  if (name === 'durationMs') return duration(value);
  return name.endsWith('Ms') ? latency(value) : number(value);
}

/** The values of a message as people read them; `count` stays a number, which plurals are chosen by. @public */
export function wordValues(
  values: CodedMessage['values'],
): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      name === 'count' ? value : wordValue(name, value),
    ]),
  );
}

/** A message as an English sentence, without the full stop. @public */
export function wordJudgement({ code, values }: CodedMessage): string {
  const messages: Record<string, string> = judgementMessages;
  const template =
    messages[`${code}_${values.count === 1 ? 'one' : 'other'}`] ??
    messages[code];
  const words = wordValues(values);
  return template.replace(/\{\{(\w+)\}\}/g, (_, name) =>
    String(words[name] ?? ''),
  );
}
