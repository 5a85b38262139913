/** Messages in nested groups. */
export interface NestedMessages {
  readonly [key: string]: string | NestedMessages;
}

/** Keys of messages with their groups, joined by dots. */
export type MessageKey<TMessages> = {
  [TKey in keyof TMessages & string]: TMessages[TKey] extends string
    ? TKey
    : `${TKey}.${MessageKey<TMessages[TKey]>}`;
}[keyof TMessages & string];

function entriesOf(
  messages: NestedMessages,
  prefix: string,
): Array<[string, string]> {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${prefix}${key}`, value] as [string, string]]
      : entriesOf(value, `${prefix}${key}.`),
  );
}

/** Flattens messages by key, as Backstage accepts translations. */
export function flattenMessages<TMessages extends NestedMessages>(
  messages: TMessages,
): Record<MessageKey<TMessages>, string> {
  return Object.fromEntries(entriesOf(messages, '')) as Record<
    MessageKey<TMessages>,
    string
  >;
}
