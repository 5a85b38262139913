import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import type { Severity } from '@cloudtrace/plugin-cloudtrace-common';
import { useText } from '../../state/useText';
import { severityColor } from './severityColors';

/** A severity as a word on its colour. */
export function SeverityLabel(props: { severity: Severity }) {
  const { severity } = props;
  const t = useText();
  const { mode } = useTheme().palette;
  return (
    <Box
      component="span"
      sx={{
        px: 1,
        py: 0.25,
        borderRadius: 1,
        fontSize: 12,
        fontWeight: 600,
        color: mode === 'dark' ? '#101418' : '#ffffff',
        bgcolor: severityColor(severity, mode),
        whiteSpace: 'nowrap',
      }}
    >
      {t(`security.severities.${severity}`)}
    </Box>
  );
}
