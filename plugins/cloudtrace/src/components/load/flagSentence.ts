import type { LoadFlag, LoadKind } from '@cloudtrace/plugin-cloudtrace-common';
import {
  formatDateTime,
  formatLatency,
  formatPercent,
  NO_VALUE,
  type TimeZoneMode,
} from '../../lib/format';
import type { useText } from '../../state/useText';

/** Returns a flag as a sentence with its figures. */
export function flagSentence(
  flag: LoadFlag,
  t: ReturnType<typeof useText>,
  timeZone: TimeZoneMode,
  ofKind: LoadKind = 'server',
): string {
  const format = flag.unit === 'ms' ? formatLatency : formatPercent;
  const { kind } = flag;
  const what = t(`load.ofKind.${ofKind}`);
  if (kind === 'failing' && flag.reference === undefined) {
    return t('load.flagDetails.failingAlone', {
      value: format(flag.value),
      what,
    });
  }
  const past =
    flag.until !== undefined &&
    (kind === 'hot' ||
      kind === 'cold' ||
      kind === 'slow' ||
      kind === 'failing');
  return t(past ? `load.flagPast.${kind}` : `load.flagDetails.${kind}`, {
    what,
    value: format(flag.value),
    reference: format(flag.reference),
    since: flag.since
      ? formatDateTime(Date.parse(flag.since), timeZone)
      : NO_VALUE,
  });
}
