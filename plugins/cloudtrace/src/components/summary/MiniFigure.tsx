import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';

const Value = styled(Typography)({
  fontSize: 20,
  fontWeight: 600,
  fontVariantNumeric: 'tabular-nums',
});

/** A figure in a card. */
export function MiniFigure(props: { label: string; value: string }) {
  return (
    <Box>
      <Typography variant="caption" color="text.secondary">
        {props.label}
      </Typography>
      <Value>{props.value}</Value>
    </Box>
  );
}
