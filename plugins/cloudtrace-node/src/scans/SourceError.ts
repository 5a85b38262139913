import { wordText, type Wording } from '@cloudtrace/plugin-cloudtrace-common';

/**
 * Why a source could not be read, in a message that everyone who reads
 * Diagnostics may see. @public
 */
export class SourceError extends Error {
  override readonly name = 'SourceError';

  constructor(
    /** A code with values, or the source's own words. */
    readonly wording: Wording,
    readonly details: {
      /** HTTP status, if there was a response. */
      status?: number;
      /** How long the source asks to wait before the next request. */
      retryAfterMs?: number;
      cause?: unknown;
    } = {},
  ) {
    super(wordText(wording), { cause: details.cause });
  }
}
