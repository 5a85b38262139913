import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

/** A figure in a card. */
export function MiniFigure(props: { label: string; value: string }) {
  return (
    <Box>
      <Typography variant="caption" color="text.secondary">
        {props.label}
      </Typography>
      <Typography
        sx={{
          fontSize: 20,
          fontWeight: 600,
          fontVariantNumeric: 'tabular-nums',
        }}
      >
        {props.value}
      </Typography>
    </Box>
  );
}
