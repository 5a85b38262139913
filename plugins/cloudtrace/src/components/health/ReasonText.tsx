import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { PlainReason } from '@cloudtrace/plugin-cloudtrace-common';
import { NO_VALUE } from '../../lib/format';
import { useSaid } from '../../state/useJudgementText';
import { useText } from '../../state/useText';

/** A reason in plain words, the next step, and the original code. */
export function ReasonText(props: { reason?: PlainReason }) {
  const { reason } = props;
  const t = useText();
  const said = useSaid();
  if (!reason) {
    return <>{NO_VALUE}</>;
  }
  return (
    <Box>
      {said(reason, 'summary')}
      {reason.nextStep && (
        <Box>{t('fleet.nextStep', { text: said(reason, 'nextStep') })}</Box>
      )}
      {(reason.code || reason.vendorText) && (
        <Typography variant="caption" color="text.secondary" component="div">
          {[reason.code, reason.vendorText].filter(Boolean).join(' · ')}
        </Typography>
      )}
    </Box>
  );
}
