import type { MessageValue } from './wordJudgement';

/**
 * The message behind a text of an API object; the text itself if there is none,
 * as for a provider's own words or text that an earlier version stored.
 *
 * @public
 */
export function messageOf<TName extends string>(
  texts: { [name in TName]?: string } & { coded?: object },
  name: TName,
): MessageValue | undefined {
  const coded = texts.coded as Record<string, MessageValue> | undefined;
  return coded?.[name] ?? texts[name];
}
