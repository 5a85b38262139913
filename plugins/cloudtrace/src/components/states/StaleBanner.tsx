import { Button } from '@backstage/ui';
import { formatDateTime } from '../../lib/format';
import { useTimeZone } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { Banner } from '../shared/Banner';

/** States that the data below is the last known data, and its time. */
export function StaleBanner(props: {
  error: Error;
  dataUpdatedAt: number;
  onRetry: () => void;
}) {
  const t = useText();
  const timeZone = useTimeZone();
  return (
    <Banner
      status="warning"
      action={
        <Button variant="tertiary" onPress={props.onRetry}>
          {t('states.retry')}
        </Button>
      }
    >
      {t('states.staleTitle', { reason: props.error.message })}{' '}
      {t('states.staleDetail', {
        time: formatDateTime(props.dataUpdatedAt, timeZone),
      })}
    </Banner>
  );
}
