import { NO_VALUE } from '../../lib/format';
import { useText } from '../../state/useText';
import { SmallChip } from '../shared/SmallChip';

function colorOf(statusCode: number | undefined, error: boolean) {
  if (error || (statusCode ?? 0) >= 500) {
    return 'error' as const;
  }
  return (statusCode ?? 0) >= 400 ? ('warning' as const) : ('default' as const);
}

/** A status code; colour and a word mark an error. */
export function StatusChip(props: { statusCode?: number; error: boolean }) {
  const { statusCode, error } = props;
  const t = useText();
  const plain = statusCode === undefined && error;
  return (
    <SmallChip
      variant="outlined"
      color={colorOf(statusCode, error)}
      label={plain ? t('requests.error') : statusCode ?? NO_VALUE}
    />
  );
}
