/** The same keys as the English messages, so that a missing one does not compile. */
export type Translated<TMessages> = {
  readonly [TKey in keyof TMessages]: TMessages[TKey] extends string
    ? string
    : Translated<TMessages[TKey]>;
};
