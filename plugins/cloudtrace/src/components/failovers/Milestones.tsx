import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';

/** A step of an episode with its time. */
export interface Milestone {
  label: string;
  time: string;
  detail?: string;
}

const Time = styled(Typography)({
  fontWeight: 600,
  fontVariantNumeric: 'tabular-nums',
});

/** The steps of an episode from left to right, or from top to bottom on narrow screens. */
export function Milestones(props: { items: Milestone[] }) {
  const last = props.items.length - 1;
  const colorOf = (i: number) => {
    if (i === 0) {
      return 'error.main';
    }
    return i === last && props.items[last].detail ? 'success.main' : 'divider';
  };
  return (
    <Box
      component="ol"
      sx={{
        listStyle: 'none',
        m: 0,
        p: 0,
        display: 'grid',
        gridTemplateColumns: {
          xs: '1fr',
          sm: `repeat(${props.items.length}, 1fr)`,
        },
        gap: { xs: 1, sm: 0 },
      }}
    >
      {props.items.map((item, i) => (
        <Box
          component="li"
          key={item.label}
          sx={{
            borderStyle: 'solid',
            borderWidth: { xs: '0 0 0 3px', sm: '3px 0 0 0' },
            borderColor: colorOf(i),
            pt: { sm: 0.5 },
            pl: { xs: 1, sm: 0 },
          }}
        >
          <Typography variant="caption" color="text.secondary">
            {item.label}
          </Typography>
          <Time variant="body2">{item.time}</Time>
          {item.detail && (
            <Typography variant="caption" color="text.secondary">
              {item.detail}
            </Typography>
          )}
        </Box>
      ))}
    </Box>
  );
}
