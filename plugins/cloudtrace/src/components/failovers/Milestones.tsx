import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

/** A step of an episode with its time. */
export interface Milestone {
  label: string;
  time: string;
  detail?: string;
}

/** The steps of an episode from left to right, from top to bottom when narrow. */
export function Milestones(props: { items: Milestone[] }) {
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
            borderTop: { sm: 3 },
            borderLeft: { xs: 3, sm: 0 },
            borderColor: i === 0 ? 'error.main' : 'divider',
            ...(i === props.items.length - 1 && item.detail
              ? { borderColor: 'success.main' }
              : {}),
            pt: { sm: 0.5 },
            pl: { xs: 1, sm: 0 },
          }}
        >
          <Typography variant="caption" color="text.secondary">
            {item.label}
          </Typography>
          <Typography
            variant="body2"
            sx={{ fontWeight: 600, fontVariantNumeric: 'tabular-nums' }}
          >
            {item.time}
          </Typography>
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
