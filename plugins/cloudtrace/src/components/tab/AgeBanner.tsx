import { formatDuration } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useFreshness } from '../../state/useFreshness';
import { useNow } from '../../state/useNow';
import { useText } from '../../state/useText';
import { Banner } from '../shared/Banner';

/** Warns that a live page shows old data, so that nobody relies on it unaware. */
export function AgeBanner() {
  const t = useText();
  const { tab } = useCloudtrace();
  const { readAtMs, lateAtMs } = useFreshness();
  const now = useNow();
  if (!tab.live || lateAtMs === 0 || now < lateAtMs) {
    return null;
  }
  return (
    <Banner status="warning">
      {t('frame.late', { age: formatDuration(now - readAtMs) })}
    </Banner>
  );
}
