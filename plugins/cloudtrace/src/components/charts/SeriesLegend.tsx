import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { Swatch } from './Swatch';

/** One entry of a legend. */
export interface LegendItem {
  key: string;
  label: string;
  color: string;
  dash?: string;
  /** Names included in a summed-up entry. */
  title?: string;
}

/** The series names below a chart. */
export function SeriesLegend(props: { items: LegendItem[] }) {
  return (
    <Box
      component="ul"
      sx={{
        listStyle: 'none',
        display: 'flex',
        flexWrap: 'wrap',
        columnGap: 2,
        rowGap: 0.5,
        m: 0,
        mt: 1,
        p: 0,
      }}
    >
      {props.items.map(item => (
        <Box
          component="li"
          key={item.key}
          title={item.title}
          sx={{ display: 'flex', alignItems: 'center', gap: 0.75, minWidth: 0 }}
        >
          <Swatch color={item.color} dash={item.dash} />
          <Typography variant="caption" noWrap sx={{ maxWidth: 220 }}>
            {item.label}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
