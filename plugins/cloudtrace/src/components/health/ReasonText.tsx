import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { PlainReason } from '@cloudtrace/plugin-cloudtrace-common';
import { NO_VALUE } from '../../lib/format';
import { useText } from '../../state/useText';

/** A reason in plain words, the next step, and the code as it came. */
export function ReasonText(props: { reason?: PlainReason }) {
  const { reason } = props;
  const t = useText();
  if (!reason) {
    return <>{NO_VALUE}</>;
  }
  return (
    <Box>
      {reason.summary}
      {reason.nextStep && (
        <Box>{t('fleet.nextStep', { text: reason.nextStep })}</Box>
      )}
      {(reason.code || reason.vendorText) && (
        <Typography variant="caption" color="text.secondary" component="div">
          {[reason.code, reason.vendorText].filter(Boolean).join(' · ')}
        </Typography>
      )}
    </Box>
  );
}
