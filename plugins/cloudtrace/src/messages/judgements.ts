import { judgementMessages } from '@cloudtrace/plugin-cloudtrace-common';

/** Sentences for the backend's verdicts; notifications use the same messages. */
export const judgementTexts = { judgements: judgementMessages } as const;
