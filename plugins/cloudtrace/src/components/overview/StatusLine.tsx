import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ServiceStatus } from '@cloudtrace/plugin-cloudtrace-common';
import { useJudgementText } from '../../state/useJudgementText';
import { ServiceStatusChip } from '../shared/ServiceStatusChip';

/** The current state of the service and the reason, as on the fleet page. */
export function StatusLine(props: { status: ServiceStatus }) {
  const { severity, reasons } = props.status;
  const word = useJudgementText();
  return (
    <Box sx={{ display: 'flex', alignItems: 'baseline', gap: 1 }}>
      <ServiceStatusChip severity={severity} />
      <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
        {reasons.map(reason => `${word(reason)}.`).join(' ')}
      </Typography>
    </Box>
  );
}
