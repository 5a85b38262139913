import { TAB_PARAMS } from '@cloudtrace/plugin-cloudtrace-common';

/** URL parameter that opens the dialog of ingest tokens. */
export const TOKENS_PARAM = TAB_PARAMS.tokens;
