import { styled, useTheme } from '@mui/material/styles';
import type { Severity } from '@cloudtrace/plugin-cloudtrace-common';
import { useText } from '../../state/useText';
import { severityColor } from './severityColors';

const Label = styled('span')(({ theme }) => ({
  paddingLeft: theme.spacing(1),
  paddingRight: theme.spacing(1),
  paddingTop: theme.spacing(0.25),
  paddingBottom: theme.spacing(0.25),
  borderRadius: theme.shape.borderRadius,
  fontSize: 12,
  fontWeight: 600,
  whiteSpace: 'nowrap',
}));

/** A severity as a word on its colour. */
export function SeverityLabel(props: { severity: Severity }) {
  const { severity } = props;
  const t = useText();
  const { mode } = useTheme().palette;
  return (
    <Label
      style={{
        color: mode === 'dark' ? '#101418' : '#ffffff',
        backgroundColor: severityColor(severity, mode),
      }}
    >
      {t(`security.severities.${severity}`)}
    </Label>
  );
}
