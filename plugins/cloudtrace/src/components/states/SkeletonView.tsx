import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { useText } from '../../state/useText';

/** Outline of a view while its first data loads: figures, a chart, a table. */
export function SkeletonView(props: { what: string }) {
  const t = useText();
  return (
    <Box
      role="status"
      aria-label={t('states.loading', { what: props.what })}
      sx={{ display: 'grid', gap: 2 }}
    >
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: 'repeat(auto-fit, minmax(160px, 1fr))',
        }}
      >
        {[0, 1, 2, 3].map(index => (
          <Skeleton key={index} variant="rounded" height={76} />
        ))}
      </Box>
      <Skeleton variant="rounded" height={280} />
      <Box>
        {[0, 1, 2, 3, 4].map(index => (
          <Skeleton key={index} height={36} />
        ))}
      </Box>
    </Box>
  );
}
