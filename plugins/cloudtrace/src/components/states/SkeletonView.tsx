import { Skeleton } from '@backstage/ui';
import Box from '@mui/material/Box';
import { useText } from '../../state/useText';
import { Stacked } from '../shared/layout/Stacked';
import { Tiles } from '../shared/layout/Tiles';

/** Outline of a view while its first data loads: figures, a chart, a table. */
export function SkeletonView(props: { what: string }) {
  const t = useText();
  return (
    <Stacked
      role="status"
      aria-label={t('states.loading', { what: props.what })}
    >
      <Tiles minWidthPx={160}>
        {[0, 1, 2, 3].map(index => (
          <Skeleton key={index} height={76} />
        ))}
      </Tiles>
      <Skeleton height={280} />
      <Box>
        {[0, 1, 2, 3, 4].map(index => (
          <Skeleton key={index} height={36} />
        ))}
      </Box>
    </Stacked>
  );
}
