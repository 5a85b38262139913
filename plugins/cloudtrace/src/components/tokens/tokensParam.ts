/** URL parameter that opens the dialog of ingest tokens. */
export const TOKENS_PARAM = 'tokens';
