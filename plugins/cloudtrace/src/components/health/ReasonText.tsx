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
  const summary = said(reason, 'summary');
  const original = [
    reason.code,
    // Some reasons are worded around the provider's own text.
    reason.vendorText && !summary.includes(reason.vendorText)
      ? reason.vendorText
      : undefined,
  ].filter(Boolean);
  return (
    <Box>
      {summary}
      {reason.nextStep && (
        <Box>{t('fleet.nextStep', { text: said(reason, 'nextStep') })}</Box>
      )}
      {original.length > 0 && (
        <Typography variant="caption" color="text.secondary" component="div">
          {original.join(' · ')}
        </Typography>
      )}
    </Box>
  );
}
