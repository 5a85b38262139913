import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { formatDateTime } from '../../lib/format';
import { useTimeZone } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';

/** States that the data below is the last known data, and its time. */
export function StaleBanner(props: {
  error: Error;
  dataUpdatedAt: number;
  onRetry: () => void;
}) {
  const t = useText();
  const timeZone = useTimeZone();
  return (
    <Alert
      severity="warning"
      action={
        <Button color="inherit" size="small" onClick={props.onRetry}>
          {t('states.retry')}
        </Button>
      }
    >
      {t('states.staleTitle', { reason: props.error.message })}{' '}
      {t('states.staleDetail', {
        time: formatDateTime(props.dataUpdatedAt, timeZone),
      })}
    </Alert>
  );
}
