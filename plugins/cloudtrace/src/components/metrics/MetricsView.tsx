import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import { useResourceType } from '../../state/useProviderWords';
import { useText } from '../../state/useText';
import { DriverCard } from '../scaling/DriverCard';
import { FleetData } from '../states/FleetData';
import { keyOf, MissingMetrics } from './MissingMetrics';
import { NotMeasured } from './NotMeasured';

const Columns = styled('div')(({ theme }) => ({
  display: 'grid',
  gap: theme.spacing(2),
  gridTemplateColumns: 'minmax(0, 1fr)',
  [theme.breakpoints.up('lg')]: {
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
  },
}));

/** The view "Metrics": what the providers measured, grouped by resource type. */
export function MetricsView() {
  const t = useText();
  const typeOf = useResourceType();
  return (
    <FleetData
      name="metrics"
      what={t('metrics.title')}
      read={(api, ...query) => api.getMetrics(...query)}
    >
      {(data, domain) => (
        <>
          {data.sets.length === 0 && (
            <Typography color="text.secondary">{t('metrics.none')}</Typography>
          )}
          {data.sets.map(set => (
            <Box component="section" key={set.id}>
              <Typography variant="h6" component="h2" sx={{ mb: 1 }}>
                {typeOf(set.id, set.title)}
              </Typography>
              <Columns>
                {set.series.map(metric => (
                  <DriverCard
                    key={keyOf(metric)}
                    metric={metric}
                    subtitle={metric.resourceName}
                    domain={domain}
                    missing={data.missing?.find(
                      each => keyOf(each) === keyOf(metric),
                    )}
                  />
                ))}
              </Columns>
            </Box>
          ))}
          <MissingMetrics data={data} />
          <NotMeasured notices={data.notices} />
        </>
      )}
    </FleetData>
  );
}
