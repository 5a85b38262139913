import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
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

const Legend = styled('ul')(({ theme }) => ({
  listStyle: 'none',
  display: 'flex',
  flexWrap: 'wrap',
  columnGap: theme.spacing(2),
  rowGap: theme.spacing(0.5),
  margin: 0,
  marginTop: theme.spacing(1),
  padding: 0,
}));

const Entry = styled('li')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: theme.spacing(0.75),
  minWidth: 0,
}));

const EntryLabel = styled(Typography)({ maxWidth: 220 });

/** The series names below a chart. */
export function SeriesLegend(props: { items: LegendItem[] }) {
  return (
    <Legend>
      {props.items.map(item => (
        <Entry key={item.key} title={item.title}>
          <Swatch color={item.color} dash={item.dash} />
          <EntryLabel variant="caption" noWrap>
            {item.label}
          </EntryLabel>
        </Entry>
      ))}
    </Legend>
  );
}
