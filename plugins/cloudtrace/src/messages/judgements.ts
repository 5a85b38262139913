import { judgementMessages } from '@cloudtrace/plugin-cloudtrace-common';

/** What the backend says of a service; notifications are worded from the same messages. */
export const judgementTexts = { judgements: judgementMessages } as const;
