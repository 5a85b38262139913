import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import { Fragment, type ReactNode } from 'react';

const Grid = styled('dl')(({ theme }) => ({
  margin: 0,
  display: 'grid',
  // Long names leave the values half of a narrow card.
  gridTemplateColumns: 'fit-content(50%) minmax(0, 1fr)',
  columnGap: theme.spacing(2),
  rowGap: theme.spacing(0.5),
}));

const Value = styled(Typography)({
  overflowWrap: 'anywhere',
  fontVariantNumeric: 'tabular-nums',
}) as typeof Typography;

/** Names and values in two columns. */
export function Facts(props: { items: Array<[string, ReactNode]> }) {
  return (
    <Grid>
      {props.items.map(([name, value]) => (
        <Fragment key={name}>
          <Typography component="dt" variant="body2" color="text.secondary">
            {name}
          </Typography>
          <Value component="dd" variant="body2">
            {value}
          </Value>
        </Fragment>
      ))}
    </Grid>
  );
}
