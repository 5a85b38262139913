import Chip from '@mui/material/Chip';
import { NO_VALUE } from '../../lib/format';
import { useText } from '../../state/useText';

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
    <Chip
      size="small"
      variant="outlined"
      color={colorOf(statusCode, error)}
      label={plain ? t('requests.error') : statusCode ?? NO_VALUE}
      sx={{ m: 0, height: 20, fontVariantNumeric: 'tabular-nums' }}
    />
  );
}
