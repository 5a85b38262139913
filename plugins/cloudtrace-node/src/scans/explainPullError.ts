import type { Wording } from '@cloudtrace/plugin-cloudtrace-common';

/**
 * Returns what everyone who reads Diagnostics may see of an error of a pull.
 * The texts of unknown errors may contain details that not everyone may see.
 *
 * @param source - Display name of the source
 *
 * @public
 */
export function explainPullError(error: unknown, source: string): Wording {
  const { name, message, wording } = error as Error & { wording?: Wording };
  if (name === 'ServiceUnavailableError') {
    return { code: 'source-portal-busy', values: {} };
  }
  return ['SourceError', 'InputError'].includes(name)
    ? wording ?? message
    : { code: 'source-not-stored', values: { source } };
}
