import type { MessageValue } from './wordJudgement';

/**
 * The message behind a text of an API object; the text itself where there is
 * none, as with a provider's own words or what an earlier version stored.
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
